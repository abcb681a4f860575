package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which requests share a call. */
class PendingCallTest {
    private final PendingCall call = new PendingCall(TokenHash.of(new byte[0], "token"), "token", false);

    @Test
    void aRunningCallIsShared() {
        assertThat(call.join()).isTrue();
    }

    @Test
    void aCallThatHasEndedIsNot() {
        call.end(null, new IllegalStateException());
        assertThat(call.join()).isFalse();
    }

    @Test
    void aCallThatWasAbandonedIsNot() {
        assertThat(call.leave()).isTrue();
        assertThat(call.abandon()).isTrue();
        assertThat(call.join()).isFalse();
    }
}
