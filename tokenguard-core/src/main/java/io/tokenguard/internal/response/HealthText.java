package io.tokenguard.internal.response;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.RevocationHealth;

/** Writes the health of a guard as JSON (RFC 8259), in ASCII. Contains no token and no secret. */
public final class HealthText {
    /** This process answers. */
    public static final String LIVE =
            new JsonObjectText().member("status", "UP").toString();

    private HealthText() {}

    /** For everyone: whether requests can be decided. */
    public static String summary(GuardHealth health) {
        return start(health).toString();
    }

    /** For operators: the state of each part too. */
    public static String details(GuardHealth health) {
        return start(health)
                .bool("degraded", health.isDegraded())
                .objects("keys", health.issuers().stream().map(HealthText::keys).toList())
                .objects(
                        "introspection",
                        health.introspection().stream()
                                .map(HealthText::introspection)
                                .toList())
                .object("revocation", revocation(health.revocation()))
                .objects(
                        "adapters",
                        health.adapters().stream().map(HealthText::adapter).toList())
                .toString();
    }

    private static JsonObjectText start(GuardHealth health) {
        return new JsonObjectText()
                .member("status", health.isReady() ? "UP" : "DOWN")
                .bool("ready", health.isReady());
    }

    private static JsonObjectText keys(KeyHealth keys) {
        JsonObjectText json = new JsonObjectText()
                .member("issuer", keys.issuer())
                .member("state", keys.state().name());
        keys.loadedAt().ifPresent(moment -> json.member("loadedAt", moment.toString()));
        keys.lastFailure().ifPresent(failure -> json.member("lastFailure", failure));
        keys.keysLeftOut().ifPresent(leftOut -> json.member("keysLeftOut", leftOut));
        return json;
    }

    private static JsonObjectText introspection(IntrospectionHealth endpoint) {
        JsonObjectText json =
                new JsonObjectText().member("issuer", endpoint.issuer()).bool("serving", endpoint.isServing());
        endpoint.lastFailure().ifPresent(failure -> json.member("lastFailure", failure));
        endpoint.nextCallAt().ifPresent(moment -> json.member("nextCallAt", moment.toString()));
        return json;
    }

    private static JsonObjectText revocation(RevocationHealth revocation) {
        JsonObjectText json =
                new JsonObjectText().member("state", revocation.state().name()).number("entries", revocation.entries());
        revocation.syncedAt().ifPresent(moment -> json.member("syncedAt", moment.toString()));
        revocation.trouble().ifPresent(trouble -> json.member("trouble", trouble));
        return json;
    }

    private static JsonObjectText adapter(AdapterHealth adapter) {
        return new JsonObjectText()
                .member("adapter", adapter.adapter())
                .member("state", adapter.state().name())
                .bool("required", adapter.isRequired());
    }
}
