package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Collects the properties of one destination. Not thread-safe. */
final class DestinationProperties {
    private static final List<String> TOKENS = List.of("none", "expose-caller-token", "exchange", "client-credentials");

    private final ClientProperties client = new ClientProperties();
    private final List<UnaryOperator<TokenRequest>> changes = new ArrayList<>();
    private final String id;
    private Optional<URI> address = Optional.empty();
    private String token = "none";

    private DestinationProperties(String id) {
        this.id = id;
    }

    /**
     * Reads a destination.
     *
     * @param values its properties, by their keys without the beginning
     * @throws ConfigurationException if one is missing, malformed, or contradicts another
     */
    static Destination read(String id, Map<String, SettingValue> values) {
        DestinationProperties properties = new DestinationProperties(id);
        values.forEach((key, value) ->
                naming(value, () -> DestinationSetting.of(key).orElseThrow().apply(properties, value)));
        Destination plain = properties.plain(values);
        return properties.requestsTokens() ? properties.complete(plain) : properties.withoutRequest(plain, values);
    }

    private Destination plain(Map<String, SettingValue> values) {
        URI place = address.orElseThrow(() -> ConfigurationException.missing(
                key(DestinationSetting.URI), "write the address of the service, such as https://orders.internal/v2"));
        SettingValue value = values.get(DestinationSetting.URI.key());
        try {
            return Destination.of(id, place);
        } catch (ConfigurationException refusal) {
            throw value == null ? refusal : value.named(refusal);
        }
    }

    private static void naming(SettingValue value, Runnable step) {
        try {
            step.run();
        } catch (ConfigurationException refusal) {
            throw value.named(refusal);
        }
    }

    void at(URI place) {
        address = Optional.of(place);
    }

    void token(SettingValue value) {
        if (!TOKENS.contains(value.text())) {
            throw ConfigurationException.of(value.key(), value.text(), "write one of " + String.join(", ", TOKENS));
        }
        token = value.text();
    }

    /** Changes how tokens are requested. Checks it at once, so that an error names the property. */
    void change(UnaryOperator<TokenRequest> change) {
        TokenRequest unused = change.apply(TokenRequest.as(ClientAuthentication.basic("checked", "checked")));
        changes.add(change);
    }

    void client(ClientProperties.Part part, String text) {
        client.set(part, text);
    }

    private boolean requestsTokens() {
        return token.equals("exchange") || token.equals("client-credentials");
    }

    private Destination complete(Destination plain) {
        TokenRequest request = TokenRequest.as(client.build(start()));
        for (UnaryOperator<TokenRequest> change : changes) {
            request = change.apply(request);
        }
        return token.equals("exchange") ? plain.exchange(request) : plain.clientCredentials(request);
    }

    /** What would have no effect is a mistake. */
    private Destination withoutRequest(Destination plain, Map<String, SettingValue> values) {
        values.keySet().stream()
                .filter(key -> !key.equals("uri") && !key.equals("token"))
                .findFirst()
                .ifPresent(key -> {
                    throw ConfigurationException.because(
                            start() + key,
                            "is set, and " + start() + "token is '" + token + "', which requests no token",
                            "set " + start() + "token to exchange or client-credentials, or remove it");
                });
        return token.equals("none") ? plain : plain.exposeCallerToken();
    }

    private String start() {
        return "tokenguard.downstream." + id + ".";
    }

    private String key(DestinationSetting setting) {
        return start() + setting.key();
    }
}
