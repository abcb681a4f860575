package io.tokenguard.testkit;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.Map;

/** Key pairs on secp256k1 (RFC 8812 §3), a curve that jose4j reads only with a provider that is installed in the JVM. */
final class Secp256k1Keys {
    static final String CURVE = "secp256k1";

    private Secp256k1Keys() {}

    static KeyPair ofJwk(Map<String, Object> jwk) {
        Provider provider = OptionalProvider.ofSecp256k1();
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", provider);
            parameters.init(new ECGenParameterSpec(CURVE));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            KeyFactory factory = KeyFactory.getInstance("EC", provider);
            ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
            return new KeyPair(
                    factory.generatePublic(new ECPublicKeySpec(point, curve)),
                    factory.generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), curve)));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("No key on " + CURVE, malformed);
        }
    }

    private static BigInteger number(Map<String, Object> jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(jwk.get(member))));
    }
}
