package io.tokenguard.interop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an authorization server signs with and publishes, newest first. Safe to share between threads. */
final class SigningKeys implements JWKSource<SecurityContext> {
    private final AtomicReference<List<JWK>> keys = new AtomicReference<>(List.of());

    /** Puts a new key before the others. */
    void rotate() {
        List<JWK> rotated = new ArrayList<>(keys.get());
        rotated.add(0, generate());
        keys.set(List.copyOf(rotated));
    }

    String newestKeyId() {
        return keys.get().get(0).getKeyID();
    }

    private static JWK generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(new JWKSet(keys.get()));
    }
}
