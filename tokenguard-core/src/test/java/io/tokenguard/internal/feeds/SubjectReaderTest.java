package io.tokenguard.internal.feeds;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.feeds.Sent.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9493 and Shared Signals 1.0 §3. */
class SubjectReaderTest {
    private static final Revocation ALICE = Revocation.subject(ISSUER, "alice");
    private static final Map<String, Object> NAMED = Map.of("format", "iss_sub", "iss", ISSUER, "sub", "alice");
    private static final Map<String, Object> OPAQUE = Map.of("format", "opaque", "id", "s");
    private static final Map<String, Object> TOKEN = Map.of("format", "jwt_id", "iss", ISSUER, "jti", "7");
    private static final Map<String, Object> ADDRESS = Map.of("format", "email", "email", "a@example.com");

    private static List<Revocation> read(Map<String, Object> subject) throws RefusedException {
        return new SubjectReader(ISSUER, Set.of(), false).read(subject);
    }

    private static void assertMalformed(String detail, Map<String, Object> subject) {
        assertThat(reasonOf(() -> read(subject))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> read(subject))).isEqualTo(detail);
    }

    @Test
    void isASubjectOrATokenOfTheIssuer() throws RefusedException {
        assertThat(read(NAMED)).containsExactly(ALICE);
        assertThat(read(TOKEN)).containsExactly(Revocation.token(ISSUER, "7"));
    }

    @Test
    void isNothingOfAnotherIssuer() throws RefusedException {
        assertThat(read(Map.of("format", "iss_sub", "iss", "https://other.example", "sub", "alice")))
                .isEmpty();
        assertThat(read(Map.of("format", "jwt_id", "iss", "https://other.example", "jti", "7")))
                .isEmpty();
    }

    @Test
    void isNothingInAFormatThatTokensDoNotShow() throws RefusedException {
        assertThat(read(ADDRESS)).isEmpty();
    }

    @Test
    void mayBeASessionWhereAnIdentifierDoesNotSay() throws RefusedException {
        assertThat(read(OPAQUE)).containsExactly(Revocation.subject(ISSUER, "s"));
        assertThat(new SubjectReader(ISSUER, Set.of(), true).read(OPAQUE))
                .containsExactly(Revocation.session(ISSUER, "s"), Revocation.subject(ISSUER, "s"));
    }

    @Test
    void mayBeWrittenAsBeforeRfc9493() throws RefusedException {
        assertThat(read(Map.of("subject_type", "iss-sub", "iss", ISSUER, "sub", "alice")))
                .containsExactly(ALICE);
        assertThat(read(Map.of("user", NAMED))).containsExactly(ALICE);
        assertThat(read(Map.of("session", OPAQUE))).containsExactly(Revocation.session(ISSUER, "s"));
    }

    @Test
    void needsAFormatAndItsMembers() {
        assertMalformed("format", Map.of("iss", ISSUER, "sub", "alice"));
        assertMalformed("iss", Map.of("format", "iss_sub", "sub", "alice"));
        assertMalformed("sub", Map.of("format", "iss_sub", "iss", ISSUER));
        assertMalformed("id", Map.of("format", "opaque"));
    }

    @Test
    void mayHaveSeveralNames() throws RefusedException {
        assertThat(read(Map.of("format", "aliases", "identifiers", List.of(NAMED, ADDRESS, OPAQUE))))
                .containsExactly(ALICE, Revocation.subject(ISSUER, "s"));
    }

    @Test
    void hasNoNamesInsideNames() {
        Map<String, Object> aliases = Map.of("format", "aliases", "identifiers", List.of(NAMED));
        for (Object nested : List.of(aliases, Map.of("user", NAMED), "alice")) {
            assertMalformed("identifiers", Map.of("format", "aliases", "identifiers", List.of(nested)));
        }
        assertMalformed("identifiers", Map.of("format", "aliases", "identifiers", "alice"));
        assertMalformed("user", Map.of("format", "complex", "user", Map.of("user", NAMED)));
    }

    @Test
    void isTheSessionOfAUserWhereItIsNamed() throws RefusedException {
        assertThat(read(Map.of("format", "complex", "user", NAMED, "session", OPAQUE)))
                .containsExactly(Revocation.session(ISSUER, "s"));
        assertThat(read(Map.of("format", "complex", "user", NAMED, "session", TOKEN)))
                .containsExactly(Revocation.token(ISSUER, "7"));
    }

    @Test
    void isTheUserWhereNoSessionCanBeTold() throws RefusedException {
        assertThat(read(Map.of("format", "complex", "user", NAMED, "session", ADDRESS)))
                .containsExactly(ALICE);
        assertThat(read(Map.of("format", "complex", "session", ADDRESS))).isEmpty();
        assertThat(read(Map.of("format", "complex", "device", OPAQUE))).isEmpty();
    }

    @Test
    void isNoSessionInsideAUser() throws RefusedException {
        assertThat(new SubjectReader(ISSUER, Set.of(), true).read(Map.of("format", "complex", "user", OPAQUE)))
                .containsExactly(Revocation.subject(ISSUER, "s"));
    }
}
