package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Destination.TokenType;
import java.util.Arrays;
import java.util.Optional;

/** The properties of a destination, without {@code tokenguard.downstream.<id>.}, and the setting of each. */
public enum DestinationSetting {
    URI("uri"),
    TOKEN("token"),
    ISSUER("issuer"),
    TOKEN_URI("token-uri"),
    TIMEOUT("timeout"),
    AUDIENCE("audience"),
    RESOURCE("resource"),
    SCOPES("scopes"),
    REQUESTED_TOKEN_TYPE("requested-token-type"),
    ACTOR("actor"),
    CLIENT_ID("client-id"),
    CLIENT_SECRET("client-secret"),
    CLIENT_SECRET_FILE("client-secret-file"),
    CLIENT_AUTH("client-auth"),
    CLIENT_KEY_FILE("client-key-file"),
    CLIENT_KEY_STORE("client-key-store"),
    CLIENT_KEY_STORE_PASSWORD("client-key-store-password"),
    CLIENT_KEY_STORE_PASSWORD_FILE("client-key-store-password-file");

    private final String key;

    DestinationSetting(String key) {
        this.key = key;
    }

    /** The key. */
    public String key() {
        return key;
    }

    static Optional<DestinationSetting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    void apply(DestinationProperties properties, SettingValue value) {
        switch (this) {
            case URI -> properties.at(value.address());
            case TOKEN -> properties.token(value);
            case ISSUER -> properties.change(request -> request.issuer(value.text()));
            case TOKEN_URI -> properties.change(request -> request.at(value.address()));
            case TIMEOUT -> properties.change(request -> request.timeout(value.duration()));
            case AUDIENCE -> properties.change(request -> request.audience(value.text()));
            case RESOURCE -> properties.change(request -> request.resource(value.address()));
            case SCOPES -> properties.change(request -> request.scopes(value.list()));
            case REQUESTED_TOKEN_TYPE -> properties.change(request -> request.type(value.choice(TokenType.values())));
            case ACTOR -> properties.change(request -> value.flag() ? request.nameActor() : request);
            case CLIENT_ID -> properties.client(ClientProperties.Part.ID, value.text());
            case CLIENT_SECRET -> properties.client(ClientProperties.Part.SECRET, value.text());
            case CLIENT_SECRET_FILE -> properties.client(ClientProperties.Part.SECRET, value.secretInFile());
            case CLIENT_AUTH -> properties.client(ClientProperties.Part.AUTH, auth(value));
            case CLIENT_KEY_FILE ->
                properties.client(ClientProperties.Part.KEY, value.file().toString());
            case CLIENT_KEY_STORE ->
                properties.client(ClientProperties.Part.KEY_STORE, value.file().toString());
            case CLIENT_KEY_STORE_PASSWORD -> properties.client(ClientProperties.Part.KEY_STORE_PASSWORD, value.text());
            case CLIENT_KEY_STORE_PASSWORD_FILE ->
                properties.client(ClientProperties.Part.KEY_STORE_PASSWORD, value.secretInFile());
        }
    }

    /** A token endpoint needs a client. */
    private static String auth(SettingValue value) {
        if (value.text().equals("none") || value.text().equals("bearer")) {
            throw ConfigurationException.of(
                    value.key(),
                    value.text(),
                    "name one of client_secret_basic, client_secret_post, private_key_jwt, tls_client_auth");
        }
        return value.text();
    }
}
