package io.tokenguard.servlet;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A bench whose door is the filter. Its guard is built when the first request comes, for an attack may spoil the keys. */
final class AttackedFilter implements AutoCloseable {
    private final AttackBench bench;
    private final GuardProfile profile;
    private final Site site;
    private final SwitchedFilter filter;
    private TokenGuard guard;

    AttackedFilter(GuardProfile profile, Site site, SwitchedFilter filter) {
        this.profile = profile;
        this.site = site;
        this.filter = filter;
        this.bench = AttackBench.open(this::send);
    }

    AttackBench bench() {
        return bench;
    }

    Answer send(RawRequest request) {
        if (guard == null) {
            guard = GuardProperties.of(profile.properties(bench)).toBuilder()
                    .clock(bench.clock())
                    .build();
        }
        filter.switchTo(guard);
        try {
            return site.exchange(written(request));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String written(RawRequest request) {
        String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        StringBuilder text = new StringBuilder(request.method() + " " + target + " HTTP/1.1\r\n")
                .append("Host: localhost\r\nConnection: close\r\n");
        request.headers()
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        if (!request.body().isEmpty()) {
            text.append("Content-Length: ").append(request.body().length()).append("\r\n");
        }
        return text.append("\r\n").append(request.body()).toString();
    }

    @Override
    public void close() {
        if (guard != null) {
            guard.close();
        }
        bench.close();
    }
}
