package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said at start of routes that a path beside them dodges. */
class RouteWarningTest {
    private final TokenGuardBuilder guard = TokenGuard.builder()
            .issuer(TrustedIssuer.builder("https://issuer.example")
                    .audience("api")
                    .keysFrom((keyId, algorithm) -> {
                        throw new RefusedException(RefusalReason.KEY_UNKNOWN);
                    })
                    .build())
            .route("/** authenticated");

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    private List<String> warnings() {
        guard.build().close();
        return RecordedLog.recent().stream()
                .map(RecordedLog.Event::text)
                .filter(text -> text.startsWith("routes: "))
                .toList();
    }

    @Test
    void aFilterForAGuardWithoutRoutesIsWarnedAbout() {
        RecordedLog.clear();
        try (TokenGuard empty = TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example")
                        .audience("api")
                        .keysFrom((keyId, algorithm) -> {
                            throw new RefusedException(RefusalReason.KEY_UNKNOWN);
                        })
                        .build())
                .build()) {
            empty.expectAdapter("TokenGuardFilter", "Register it.").run();
        }
        assertThat(RecordedLog.recent())
                .extracting(RecordedLog.Event::text)
                .anyMatch(text -> text.startsWith("routes: none is set") && text.contains("tokenguard.routes.<id>"));
    }

    @Test
    void namesBothRoutes() {
        guard.route("/admin scope admin").route("/health public").route("/shop/** scope shop");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("'/admin' does not cover /admin/")
                .contains(" the route '/**'");
    }

    @Test
    void namesMethodsThatTheWiderRouteDecides() {
        guard.route("GET /admin/** scope admin");
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "routes: the route 'GET /admin/**' does not cover DELETE,OPTIONS,PATCH,POST,PUT of the same")
                .contains(" the route '/**' decides");
    }

    @Test
    void namesMethodsThatAreNotRegistered() {
        guard.route("PURGE,PROPFIND,LIST,GET /cache authenticated");
        assertThat(warnings())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("routes: 'PURGE' is not a registered HTTP method"))
                .anyMatch(text -> text.startsWith("routes: 'LIST' is not a registered HTTP method"));
    }

    @Test
    void namesTwentyPairsAtMost() {
        for (int i = 0; i < 24; i++) {
            guard.route("/x" + i + " scope x");
        }
        assertThat(warnings()).hasSize(21).endsWith("routes: 4 more pairs of routes are like those above");
    }
}
