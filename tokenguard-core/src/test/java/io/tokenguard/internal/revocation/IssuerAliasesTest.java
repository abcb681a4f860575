package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The texts that name an issuer, and the logouts of one subject that are folded. */
class IssuerAliasesTest {
    private static final String ISSUER = "https://issuer.example";
    private static final String OLD = "https://old.example";
    private static final String OPAQUE = "introspection:a";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static IssuerAliases aliases(String... unnamed) {
        return new IssuerAliases(Map.of(ISSUER, Set.of(OLD)), List.of(unnamed));
    }

    private static AccessToken introspected(String issuer) {
        return AccessToken.builder(issuer).build();
    }

    @Test
    void areTheIdentifierAndItsFurtherTexts() {
        assertThat(aliases().of(ISSUER)).containsExactly(ISSUER, OLD);
        assertThat(aliases().of("https://other.example")).containsExactly("https://other.example");
    }

    @Test
    void nameARevocationByEachOfThem() {
        List<String> expected = List.of(
                Revocation.subject(ISSUER, "a").target(),
                Revocation.subject(OLD, "a").target());
        for (String written : List.of(ISSUER, OLD)) {
            assertThat(aliases().byAllTexts(Revocation.subject(written, "a")))
                    .extracting(Revocation::target)
                    .containsExactlyElementsOf(expected);
        }
        Revocation plain = Revocation.presented("a.b.c");
        assertThat(aliases().byAllTexts(plain)).containsExactly(plain);
        Revocation others = Revocation.subject("https://other.example", "a");
        assertThat(aliases().byAllTexts(others)).extracting(Revocation::target).containsExactly(others.target());
    }

    @Test
    void includeTheOnlyIssuerThatNobodyNamedForIntrospectedTokens() {
        assertThat(aliases(OPAQUE).of(introspected("https://other.example")))
                .containsExactly("https://other.example", OPAQUE);
        assertThat(aliases(OPAQUE).of(introspected(OPAQUE))).containsExactly(OPAQUE);
        assertThat(aliases(OPAQUE, "introspection:b").of(introspected(ISSUER))).containsExactly(ISSUER, OLD);
        assertThat(aliases().of(introspected(ISSUER))).containsExactly(ISSUER, OLD);
    }

    @Test
    void manyLogoutsOfOneSubjectBecomeOneIfPlacesAreScarce() {
        RepeatedLogouts logouts = new RepeatedLogouts();
        RevocationSender alice = new RevocationSender(ISSUER, Optional.of("alice"), NOW);
        for (int i = 0; i < 8; i++) {
            Revocation session = Revocation.session(ISSUER, "s" + i);
            assertThat(logouts.folded(session, alice, true, NOW)).isEqualTo(session);
        }
        Revocation session = Revocation.session(ISSUER, "s8");
        assertThat(logouts.folded(session, alice, false, NOW)).isEqualTo(session);
        Revocation whole = logouts.folded(session, alice, true, NOW);
        assertThat(whole.kind()).isEqualTo(Kind.SUBJECT);
        assertThat(whole.target()).isEqualTo(Revocation.subject(ISSUER, "alice").target());
        assertThat(whole.issuedBefore()).contains(NOW.plusSeconds(1));
        assertThat(logouts.folded(Revocation.token(ISSUER, "t"), alice, true, NOW)
                        .kind())
                .isEqualTo(Kind.SUBJECT);
        Revocation client = Revocation.client(ISSUER, "shop");
        assertThat(logouts.folded(client, alice, true, NOW)).isEqualTo(client);
        RevocationSender unknown = new RevocationSender(ISSUER, Optional.empty(), NOW);
        assertThat(logouts.folded(session, unknown, true, NOW)).isEqualTo(session);
    }

    @Test
    void aRevocationWithoutAnEndCountsFromTheLastTokenThatItCovers() {
        RevocationLimits limits = new RevocationLimits(10, Duration.ofHours(1), Duration.ofDays(30), Duration.ZERO);
        Revocation plain = Revocation.subject(ISSUER, "a");
        assertThat(limits.ending(plain, NOW).retainedFrom()).contains(NOW);
        assertThat(limits.ending(plain, NOW).forgetAt()).contains(NOW.plus(Duration.ofDays(30)));
        Instant later = NOW.plusSeconds(60);
        assertThat(limits.ending(plain.issuedBefore(later), NOW).retainedFrom()).contains(later);
        assertThat(limits.ending(plain.issuedBefore(NOW.minusSeconds(60)), NOW).retainedFrom())
                .contains(NOW);
        Revocation ending = plain.until(later);
        assertThat(limits.ending(ending, NOW)).isEqualTo(ending);
        assertThat(limits.retained(plain, Instant.MAX).forgetAt()).contains(Instant.MAX);
        assertThat(RevocationLimits.start(1_000, Duration.ofSeconds(10))).isEqualTo(990);
        assertThat(RevocationLimits.start(1_000, Duration.ofMillis(9_001))).isEqualTo(990);
    }
}
