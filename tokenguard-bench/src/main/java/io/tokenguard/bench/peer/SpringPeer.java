package io.tokenguard.bench.peer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import io.tokenguard.bench.token.Trust;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Spring Security's {@code NimbusJwtDecoder}: with the RSA key itself, or with a key set in memory where it takes no other. */
public final class SpringPeer implements Peer {
    private final NimbusJwtDecoder decoder;

    /** A decoder that checks what every peer checks. */
    public SpringPeer(Trust trust) {
        this(decoder(trust), trust.issuer(), trust.audience());
    }

    private SpringPeer(NimbusJwtDecoder decoder, String issuer, String audience) {
        this.decoder = decoder;
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(), new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience))));
    }

    /** The same with keys that are found by the issuer's metadata. */
    public static SpringPeer discovering(String issuer, String audience) {
        NimbusJwtDecoder discovering = NimbusJwtDecoder.withIssuerLocation(issuer)
                .jwtProcessorCustomizer(SpringPeer::acceptAccessTokens)
                .build();
        return new SpringPeer(discovering, issuer, audience);
    }

    private static NimbusJwtDecoder decoder(Trust trust) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.from(trust.algorithm().joseName());
        if (trust.publicKey() instanceof RSAPublicKey rsa) {
            return NimbusJwtDecoder.withPublicKey(rsa)
                    .signatureAlgorithm(algorithm)
                    .jwtProcessorCustomizer(SpringPeer::acceptAccessTokens)
                    .build();
        }
        return NimbusJwtDecoder.withJwkSource(JwkSets.of(trust))
                .jwsAlgorithm(algorithm)
                .jwtProcessorCustomizer(SpringPeer::acceptAccessTokens)
                .build();
    }

    private static void acceptAccessTokens(ConfigurableJWTProcessor<SecurityContext> processor) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    }

    /** The decoder itself, for Spring Security's filters. */
    public NimbusJwtDecoder decoder() {
        return decoder;
    }

    @Override
    public Jwt validate(String token) {
        return decoder.decode(token);
    }
}
