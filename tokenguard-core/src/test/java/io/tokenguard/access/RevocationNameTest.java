package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A revocation names its target by a hash, the same on every node. */
class RevocationNameTest {
    private static final String SIGNED = "eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0";

    @Test
    void namesASignedTokenWhateverItsSignature() {
        assertThat(Revocation.presented(SIGNED + ".AAAA")).isEqualTo(Revocation.presented(SIGNED + ".BBBB"));
        assertThat(Revocation.presented(SIGNED + ".AAAA")).isNotEqualTo(Revocation.presented(SIGNED + "x.AAAA"));
    }

    /** Of tokens that are not signed, the part before the last dot may be the same in all. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.", "v4.public.", "hvs.", "a.b.c.d.", "eyJhbGciOiJkaXIifQ..iv.text.", ""})
    void namesAnyOtherTokenAsAWhole(String start) {
        assertThat(Revocation.presented(start + "one")).isNotEqualTo(Revocation.presented(start + "two"));
    }

    @Test
    void canBeMadeOfAFingerprintThatWasKept() {
        Revocation presented = Revocation.presented(SIGNED + ".AAAA");
        assertThat(Revocation.fingerprint(presented.target())).isEqualTo(presented);
    }

    @Test
    void showsNobodysName() {
        assertThat(Revocation.subject("https://issuer.example", "alice").toString())
                .doesNotContain("alice")
                .doesNotContain("issuer.example");
    }

    @Test
    void keepsWhatElseItSays() {
        Revocation revocation =
                Revocation.issuer("iss").issuedBefore(Instant.EPOCH).until(Instant.MAX);
        assertThat(revocation.issuedBefore()).contains(Instant.EPOCH);
        assertThat(revocation.forgetAt()).contains(Instant.MAX);
        assertThat(revocation.target()).isEqualTo(Revocation.issuer("iss").target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesWhatIsNoHash(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Revocation(
                        Revocation.Kind.TOKEN, target, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Nodes of other versions and makes read the same names; to change one would let tokens slip through. */
    @Test
    void namesItsTargetsAsItAlwaysDid() {
        assertThat(Revocation.token("https://issuer.example", "id").target())
                .isEqualTo("Xu7RU3Bx1pVvYJc8CEPirtl25XAFnWOpbbV20ZOOdDo");
        assertThat(Revocation.presented("opaque").target()).isEqualTo("3m0LrhQkxq-7krgtWKzqqQ5gcg15IQP8dz8jexZhEwk");
    }
}
