package io.tokenguard.internal.jose;

import static io.tokenguard.access.SignatureAlgorithm.ED25519;
import static io.tokenguard.access.SignatureAlgorithm.ED448;
import static io.tokenguard.access.SignatureAlgorithm.ES256;
import static io.tokenguard.access.SignatureAlgorithm.ES256K;
import static io.tokenguard.access.SignatureAlgorithm.ES384;
import static io.tokenguard.access.SignatureAlgorithm.ES512;
import static io.tokenguard.access.SignatureAlgorithm.PS256;
import static io.tokenguard.access.SignatureAlgorithm.PS384;
import static io.tokenguard.access.SignatureAlgorithm.PS512;
import static io.tokenguard.access.SignatureAlgorithm.RS256;
import static io.tokenguard.access.SignatureAlgorithm.RS384;
import static io.tokenguard.access.SignatureAlgorithm.RS512;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which public keys are accepted, and for which algorithms. The same rules apply to every key, whatever its source. */
public final class KeyRules {
    private KeyRules() {}

    /**
     * The rule that a key breaks.
     *
     * @return a constant; empty if it breaks none
     */
    public static Optional<String> flawOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return RsaKeyRules.flawOf(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return EcKeyRules.flawOf(ec);
        }
        if (key instanceof EdECPublicKey edwards) {
            return EdwardsKeyRules.flawOf(edwards);
        }
        return MlDsaKeys.parametersOf(key).isPresent() ? Optional.empty() : Optional.of("kind of key not supported");
    }

    /** The algorithms that a key supports, by its type and curve. */
    public static Set<SignatureAlgorithm> algorithmsFor(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return EnumSet.of(RS256, RS384, RS512, PS256, PS384, PS512);
        }
        if (key instanceof ECPublicKey ec) {
            return switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> EnumSet.of(EcKeyRules.isOnSecp256k1(ec) ? ES256K : ES256);
                case 384 -> EnumSet.of(ES384);
                default -> EnumSet.of(ES512);
            };
        }
        if (key instanceof EdECPublicKey edwards) {
            return EnumSet.of(EdwardsKeyRules.isEd448(edwards) ? ED448 : ED25519);
        }
        return MlDsaKeys.parametersOf(key)
                .map(parameters -> EnumSet.of(parameters.algorithm()))
                .orElseGet(() -> EnumSet.noneOf(SignatureAlgorithm.class));
    }
}
