package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallPlacesTest {
    private final List<PendingCall> running = new ArrayList<>();
    private final CallPlaces places = new CallPlaces(8, 2, running::add);
    private int number;

    private PendingCall take(boolean isActive) {
        number++;
        PendingCall call = new PendingCall(new TokenHash(number, 0, 0, 0), "token" + number, isActive);
        places.take(call);
        return call;
    }

    private void take(boolean isActive, int times) {
        for (int i = 0; i < times; i++) {
            take(isActive);
        }
    }

    private long running(boolean isActive) {
        return running.stream().filter(call -> call.isActive() == isActive).count();
    }

    private void end(PendingCall call) {
        assertThat(running.remove(call)).isTrue();
        places.giveBack(call);
    }

    @Test
    void strangersLeaveAQuarterToTokensThatWereActive() {
        take(false, 100);
        assertThat(running).hasSize(6);
        take(true, 2);
        assertThat(running(true)).isEqualTo(2);
    }

    @Test
    void tokensThatWereActiveLeaveAQuarterToOthersThatWait() {
        take(true, 100);
        assertThat(running(true)).isEqualTo(8);
        take(false, 100);
        for (int i = 0; i < 50; i++) {
            end(running.get(0));
        }
        assertThat(running).hasSize(8);
        assertThat(running(false)).isEqualTo(2);
    }

    @Test
    void callsOfOneKindStartInOrderOfArrival() {
        take(false, 6);
        PendingCall first = take(false);
        PendingCall second = take(false);
        end(running.get(0));
        assertThat(running).contains(first).doesNotContain(second);
    }

    @Test
    void theNewestCallStartsFirstWhileMoreWaitThanThereArePlaces() {
        take(false, 6);
        PendingCall oldest = take(false);
        take(false, 7);
        PendingCall newest = take(false);
        end(running.get(0));
        assertThat(running).contains(newest).doesNotContain(oldest);
        end(running.get(0));
        assertThat(running).contains(oldest);
    }

    @Test
    void aTokenThatWasActiveDoesNotWaitBehindStrangers() {
        take(false, 500);
        take(true, 2);
        PendingCall known = take(true);
        assertThat(running).doesNotContain(known);
        end(running.get(0));
        assertThat(running).contains(known);
    }

    @Test
    void aCallThatNoRequestWaitsForIsWithdrawn() {
        take(false, 6);
        PendingCall abandoned = take(false);
        assertThat(abandoned.leave()).isTrue();
        assertThat(places.withdraw(abandoned)).isTrue();
        assertThat(abandoned.join()).isFalse();
        end(running.get(0));
        assertThat(running).hasSize(5);
        assertThat(places.waiting()).isZero();
    }

    @Test
    void aCallThatIsJoinedMeanwhileIsKept() {
        take(false, 6);
        PendingCall joined = take(false);
        assertThat(joined.leave()).isTrue();
        assertThat(joined.join()).isTrue();
        assertThat(places.withdraw(joined)).isFalse();
        end(running.get(0));
        assertThat(running).contains(joined);
    }

    @Test
    void callsThatEndAtOnceDoNotNest() {
        CallPlaces[] own = new CallPlaces[1];
        int[] depth = new int[2];
        own[0] = new CallPlaces(2, 1, call -> {
            depth[0]++;
            depth[1] = Math.max(depth[1], depth[0]);
            own[0].giveBack(call);
            depth[0]--;
        });
        for (int i = 0; i < 1_000; i++) {
            own[0].take(new PendingCall(new TokenHash(i, 0, 0, 0), "token", i % 2 == 0));
        }
        assertThat(depth[1]).isEqualTo(1);
        assertThat(own[0].waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverRunsMoreThanAllowedAndNeverIdlesWhileCallsMayStart(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            if (running.isEmpty() || random.nextInt(10) < 5) {
                take(random.nextInt(4) == 0);
            } else {
                end(running.get(random.nextInt(running.size())));
            }
            assertThat(running.size()).isLessThanOrEqualTo(8);
            assertThat(running(false)).isLessThanOrEqualTo(6);
            assertThat(places.waiting() == 0 || running(false) >= 6 || running.size() == 8)
                    .isTrue();
        }
    }
}
