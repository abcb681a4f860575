package io.tokenguard;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.RawRequest;

/** A guard on a bench. It is built when the first request comes, so that an attack can spoil the first key set. */
final class AttackedGuard implements AutoCloseable {
    private final AttackBench bench;
    private final GuardProfile profile;
    private TokenGuard guard;

    AttackedGuard(GuardProfile profile) {
        this.profile = profile;
        this.bench = AttackBench.open(this::decide);
    }

    AttackBench bench() {
        return bench;
    }

    Decision decide(RawRequest request) {
        IncomingRequest.Builder incoming = IncomingRequest.builder(request.method(), request.path())
                .overTls()
                .clientAddress("127.0.0.1");
        request.headers().forEach(header -> incoming.header(header.name(), header.value()));
        return guard().decide(incoming.build());
    }

    private TokenGuard guard() {
        if (guard == null) {
            guard = GuardProperties.of(profile.properties(bench)).toBuilder()
                    .clock(bench.clock())
                    .build();
        }
        return guard;
    }

    @Override
    public void close() {
        if (guard != null) {
            guard.close();
        }
        bench.close();
    }
}
