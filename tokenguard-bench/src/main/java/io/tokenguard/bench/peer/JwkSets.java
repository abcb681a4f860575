package io.tokenguard.bench.peer;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.tokenguard.bench.token.Trust;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** The key in the form that Nimbus, and Spring Security on top of it, look keys up in. */
final class JwkSets {
    private JwkSets() {}

    static JWKSource<SecurityContext> of(Trust trust) {
        return new ImmutableJWKSet<>(new JWKSet(jwk(trust)));
    }

    private static JWK jwk(Trust trust) {
        if (trust.publicKey() instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).keyID(trust.keyId()).build();
        }
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) trust.publicKey())
                .keyID(trust.keyId())
                .build();
    }
}
