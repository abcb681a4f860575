package io.tokenguard.internal.keys;

import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.spi.VerificationKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of an issuer whose keys are all RSA below 3 072 bits, which is less than 128 bits of security (NIST SP 800-57 part 1, table
 * 2): at the first load, and again when a later load makes it true again. Thread-safe.
 */
public final class ShortRsaWarning implements Consumer<Collection<VerificationKey>> {
    private static final Logger LOG = LoggerFactory.getLogger(ShortRsaWarning.class);
    private static final int ENOUGH_BITS = 3_072;

    private final String issuer;
    private final String configured;
    private final String setting;
    private final LineLimit lines;
    private final AtomicBoolean isWarned = new AtomicBoolean();

    /**
     * A warning.
     *
     * @param issuer whose keys they are
     * @param configured the issuer as it was configured, which may be a template
     * @param setting the property that asks for the warning
     * @param lines limits the lines of each configured issuer
     */
    public ShortRsaWarning(String issuer, String configured, String setting, LineLimit lines) {
        this.issuer = issuer;
        this.configured = configured;
        this.setting = setting;
        this.lines = lines;
    }

    @Override
    public void accept(Collection<VerificationKey> keys) {
        int longest = keys.stream().mapToInt(ShortRsaWarning::bits).max().orElse(ENOUGH_BITS);
        boolean areShort = longest < ENOUGH_BITS;
        if (isWarned.getAndSet(areShort) || !areShort) {
            return;
        }
        lines.write(
                configured,
                () -> LOG.warn(
                        "All keys of issuer {} are RSA below 3072 bits; the longest has {} bits. Let the issuer sign with RSA of"
                                + " 3072 bits or more, ES256 or EdDSA; or set {} to false",
                        issuer,
                        longest,
                        setting));
    }

    /** The length of an RSA key; enough for any other. */
    private static int bits(VerificationKey key) {
        return key.publicKey() instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : ENOUGH_BITS;
    }
}
