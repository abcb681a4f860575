package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Entries of this version and of the one before, which has no senders, in one stream. */
class RevocationEntryTest {
    private static final String ISSUER = "https://issuer.example.com";
    private static final Revocation REVOCATION =
            Revocation.session(ISSUER, "session").until(Instant.parse("2030-01-01T00:00:00Z"));

    @Test
    void carriesTheIssuerThatHasSentIt() {
        Revocation sent = REVOCATION.sentBy(ISSUER);
        assertThat(RevocationEntry.read(RevocationEntry.write(sent))).contains(sent);
        assertThat(sent.sender()).contains(Revocation.issuer(ISSUER).target());
    }

    /** The version before reads the fields that it knows, and no others. */
    @Test
    void hasTheFieldsOfTheVersionBefore() {
        Map<String, String> fields = new LinkedHashMap<>(RevocationEntry.write(REVOCATION.sentBy(ISSUER)));
        fields.remove("i");
        assertThat(fields).isEqualTo(RevocationEntry.write(REVOCATION));
        assertThat(RevocationEntry.read(fields)).contains(REVOCATION);
    }

    @Test
    void isNotReadIfItsSenderIsNoHash() {
        Map<String, String> fields = new LinkedHashMap<>(RevocationEntry.write(REVOCATION));
        fields.put("i", "https://issuer.example.com");
        assertThat(RevocationEntry.read(fields)).isEmpty();
    }
}
