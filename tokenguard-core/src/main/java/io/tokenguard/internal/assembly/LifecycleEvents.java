package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dialect;
import io.tokenguard.internal.audit.AuditEvent;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.audit.SubjectDisclosure;
import io.tokenguard.internal.settings.CryptoSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.internal.settings.SharedSettings;
import java.security.Provider;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.Level;

/** Writes audit events about a guard's life: its start, its changes, what was revoked, and its end. */
final class LifecycleEvents {
    private LifecycleEvents() {}

    /**
     * A configuration took effect.
     *
     * @param event {@code started} or {@code reconfigured}
     */
    static void inEffect(String event, AssembledGuard guard) {
        GuardSettings settings = guard.settings();
        settings.issuers().forEach(issuer -> write(issuer(issuer), Level.INFO));
        Collection<AccessRequirement> requirements = guard.routes().routes().requirements();
        write(
                AuditEvent.named("routes")
                        .with("count", String.valueOf(requirements.size()))
                        .with("public", count(requirements, AccessRequirement.Open.class))
                        .with("closed", count(requirements, AccessRequirement.Denied.class))
                        .with("otherwise", "denied"),
                Level.INFO);
        write(
                AuditEvent.named(event)
                        .with("issuers", String.valueOf(settings.issuers().size()))
                        .with(
                                "crypto_provider",
                                SafeText.value(crypto(settings.operation().crypto())))
                        .with("state", state(settings))
                        .with("dpop", settings.binding().dpop().mode().name())
                        .with("mtls", settings.binding().mutualTls().mode().name()),
                Level.INFO);
    }

    private static String count(Collection<AccessRequirement> all, Class<? extends AccessRequirement> kind) {
        return String.valueOf(all.stream().filter(kind::isInstance).count());
    }

    private static String crypto(CryptoSettings crypto) {
        return crypto.provider().map(Provider::getName).orElse(crypto.name());
    }

    /** Where revocations and used proofs are stored. Never an address: it may contain a password. */
    private static String state(GuardSettings settings) {
        SharedSettings shared = settings.operation().shared();
        if (shared.location().isPresent()) {
            return switch (shared.key()) {
                case SharedSettings.FOLDER -> "folder";
                case SharedSettings.JDBC -> "database";
                default -> "redis";
            };
        }
        boolean isInCode = shared.isSomewhere()
                || settings.withdrawal().revocations().store().isPresent();
        return isInCode ? "in-code" : "memory";
    }

    private static AuditEvent issuer(IssuerSettings issuer) {
        boolean isByMetadata = DialectChoice.of(issuer).isPresent();
        Dialect dialect = DialectNeeds.dialectOf(issuer);
        return AuditEvent.named("issuer")
                .with("issuer", SafeText.issuer(issuer.isUnnamed() ? "any" : issuer.issuer()))
                .with("keys", SafeText.path(keys(issuer.keys().location())))
                .with("dialect", isByMetadata ? "by metadata" : dialect.settingName())
                .with("audiences", audiences(issuer.tokens().audiences()))
                .with(
                        "token_types",
                        isByMetadata
                                ? "by dialect"
                                : list(IssuerShape.rules(issuer, dialect).types()))
                .with("algorithms", list(issuer.tokens().algorithms()))
                .with("introspection", issuer.introspection().isPresent() ? "on" : "off");
    }

    private static String audiences(Set<String> names) {
        return names.isEmpty() ? "none" : list(names);
    }

    private static String list(Collection<?> values) {
        List<String> sorted = values.stream().map(String::valueOf).sorted().toList();
        return SafeText.sentence(sorted.isEmpty() ? "any" : sorted.toString());
    }

    private static String keys(KeyLocation location) {
        if (location instanceof KeyLocation.At at) {
            return withoutUserInfo(at);
        } else if (location instanceof KeyLocation.In in) {
            return in.jwksFile().toString();
        } else if (location instanceof KeyLocation.Given given) {
            return given.keys().size() + "-given";
        } else if (location instanceof KeyLocation.Secret) {
            return "hmac-secret";
        }
        return location instanceof KeyLocation.Plugged ? "plugged-in" : "discovered";
    }

    private static String withoutUserInfo(KeyLocation.At at) {
        int port = at.jwksUri().getPort();
        return at.jwksUri().getScheme() + "://" + at.jwksUri().getHost() + (port < 0 ? "" : ":" + port)
                + at.jwksUri().getPath();
    }

    /**
     * The application revoked something, or banned a key. What was revoked is shown by its hash.
     *
     * @param isKept whether the revocation is kept
     */
    static void revoked(Revocation revocation, boolean isKept) {
        write(
                AuditEvent.named("revoked")
                        .with("kind", revocation.kind().name())
                        .with("target", revocation.target())
                        .with(
                                "issued_before",
                                revocation.issuedBefore().map(String::valueOf).orElse(""))
                        .with("kept", String.valueOf(isKept)),
                isKept ? Level.INFO : Level.WARN);
    }

    /**
     * An administrator did something.
     *
     * @param act what was done
     * @param actor the administrator's token
     * @param details further fields
     * @param subjects what events show of subjects
     */
    static void acted(String act, AccessToken actor, Map<String, String> details, SubjectDisclosure subjects) {
        AuditEvent event = AuditEvent.named("acted")
                .with("act", SafeText.value(act))
                .with("issuer", SafeText.issuer(actor.issuer()))
                .with("client", SafeText.value(actor.clientId().orElse("")))
                .with("subject", subjects.show(actor.subject().orElse("")))
                .with("jti", SafeText.value(actor.tokenId().orElse("")));
        details.forEach((key, value) -> event.with(SafeText.value(key), SafeText.rule(value)));
        write(event, Level.INFO);
    }

    /** The guard was closed. */
    static void closed() {
        write(AuditEvent.named("closed"), Level.INFO);
    }

    /** A log that fails changes nothing about the guard. */
    private static void write(AuditEvent event, Level level) {
        try {
            event.write(level);
        } catch (RuntimeException | VirtualMachineError unheard) {
            // There is no other place to report it.
        }
    }
}
