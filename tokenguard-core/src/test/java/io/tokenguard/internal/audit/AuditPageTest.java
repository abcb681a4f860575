package io.tokenguard.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about audit events has each field, and each value of {@code detail} of a revoked token. */
@Tag("sources")
class AuditPageTest {
    private static final Path PAGE = Path.of("../docs/audit.md");

    private static Set<String> fields(boolean isVerified) {
        return Refusal.builder(RefusalReason.REVOKED)
                .detail("a")
                .finding(new Finding("a", "a", java.util.List.of("a"), "a"))
                .dialect("a")
                .decidedBy("a")
                .id("a")
                .issuer("a")
                .keyId("a")
                .verified(isVerified)
                .clientId("a")
                .subject("a")
                .token("a", "a")
                .request("a", "a")
                .origin("a", "a")
                .build()
                .fields()
                .keySet();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasEachField(boolean isVerified) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(fields(isVerified).stream()
                        .map(field -> "`" + field + "`")
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Revocation.Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KEY", "KEY_ID"})
    void hasEachKindOfRevocation(Revocation.Kind kind) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + kind + "`");
    }

    @Test
    void hasTheStatesOfAStart() throws IOException {
        assertThat(Files.readString(PAGE)).contains("`memory`", "`folder`", "`database`", "`redis`", "`in-code`");
    }
}
