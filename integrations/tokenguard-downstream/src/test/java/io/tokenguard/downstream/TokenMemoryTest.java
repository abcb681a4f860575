package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.config.Destination;
import io.tokenguard.downstream.RelayException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {
    private static final Destination INNER = Destination.of("inner", URI.create("https://inner.example"));
    private static final TokenMemory.Key ALICE = new TokenMemory.Key(INNER, "alice");
    private static final TokenMemory.Key BOB = new TokenMemory.Key(INNER, "bob");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger calls = new AtomicInteger();
    private final TokenMemory memory = new TokenMemory(now::get);

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private long in(long seconds) {
        return now.get() + Duration.ofSeconds(seconds).toNanos();
    }

    private Supplier<CompletionStage<HeldToken>> issuing(String token, long usable, long refresh) {
        return () -> {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(HeldToken.of(token, in(usable), in(refresh)));
        };
    }

    private CompletionStage<HeldToken> refusing() {
        calls.incrementAndGet();
        return CompletableFuture.completedFuture(
                HeldToken.none(new RelayException(Reason.REFUSED, "inner", "no"), in(10)));
    }

    private String token(TokenMemory.Key key, Supplier<CompletionStage<HeldToken>> call) throws RelayException {
        return memory.get(key, call).join().get();
    }

    @Test
    void aTokenIsRememberedUntilItsEnd() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
        pass(59);
        assertThat(token(ALICE, issuing("two", 60, 60))).isEqualTo("one");
        pass(1);
        assertThat(token(ALICE, issuing("two", 60, 60))).isEqualTo("two");
    }

    @Test
    void eachCallerHasItsOwn() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
        assertThat(token(BOB, issuing("two", 60, 60))).isEqualTo("two");
    }

    @Test
    void otherSettingsOfADestinationGetAnotherToken() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
        TokenMemory.Key changed = new TokenMemory.Key(INNER.exposeCallerToken(), "alice");
        assertThat(token(changed, issuing("two", 60, 60))).isEqualTo("two");
    }

    @Test
    void aTokenIsRefreshedAheadWhileTheOldOneIsUsed() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 45))).isEqualTo("one");
        pass(45);
        assertThat(token(ALICE, issuing("two", 60, 45))).isEqualTo("one");
        assertThat(token(ALICE, this::refusing)).isEqualTo("two");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aRefusedRefreshLeavesTheOldTokenAndIsTriedAgainAfterAPause() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 45))).isEqualTo("one");
        pass(45);
        assertThat(token(ALICE, this::refusing)).isEqualTo("one");
        assertThat(token(ALICE, this::refusing)).isEqualTo("one");
        assertThat(calls).hasValue(2);
        pass(5);
        assertThat(token(ALICE, issuing("two", 60, 45))).isEqualTo("one");
        assertThat(token(ALICE, this::refusing)).isEqualTo("two");
    }

    @Test
    void aRefusalIsRememberedForAMoment() throws Exception {
        assertThatThrownBy(() -> token(ALICE, this::refusing)).isInstanceOf(RelayException.class);
        pass(9);
        assertThatThrownBy(() -> token(ALICE, issuing("one", 60, 60))).isInstanceOf(RelayException.class);
        pass(1);
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
    }

    @Test
    void aFailureIsNotRemembered() throws Exception {
        CompletableFuture<HeldToken> failed =
                memory.get(ALICE, () -> CompletableFuture.failedFuture(new IllegalStateException("down")));
        assertThat(failed).isCompletedExceptionally();
        CompletableFuture<HeldToken> thrown = memory.get(ALICE, () -> {
            throw new IllegalStateException("down");
        });
        assertThat(thrown).isCompletedExceptionally();
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
    }

    @Test
    void whatIsForgottenIsRequestedAgain() throws Exception {
        assertThat(token(ALICE, issuing("one", 60, 60))).isEqualTo("one");
        memory.forget(ALICE);
        assertThat(token(ALICE, issuing("two", 60, 60))).isEqualTo("two");
    }

    @Test
    void requestsThatWaitGetTheSameToken() throws Exception {
        CompletableFuture<HeldToken> answer = new CompletableFuture<>();
        CompletableFuture<HeldToken> first = memory.get(ALICE, () -> answer);
        CompletableFuture<HeldToken> second = memory.get(ALICE, this::refusing);
        answer.complete(HeldToken.of("one", in(0), in(0)));
        assertThat(first.join().get()).isEqualTo("one");
        assertThat(second.join().get()).isEqualTo("one");
        assertThat(token(ALICE, issuing("two", 60, 60))).isEqualTo("two");
    }
}
