package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of one property and how it is read.
 *
 * @param key the property, for messages
 * @param text its value
 */
record SettingValue(String key, String text) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s?(KiB|MiB)?");

    Duration duration() {
        return Durations.read(key, text);
    }

    /** A list with commas. */
    String[] list() {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
    }

    /** A path to a claim, with dots; a name that is an address, as some issuers use them, is one name. */
    String[] claimPath() {
        return text.contains("://") ? new String[] {text} : text.split("\\.", -1);
    }

    int number() {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw ConfigurationException.of(key, text, "write a whole number");
        }
    }

    /** A number of bytes, such as {@code 262144} or {@code 256KiB}. */
    int bytes() {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw ConfigurationException.of(key, text, "write a number of bytes such as 262144 or 256KiB");
        }
        long unit = matcher.group(2) == null ? 1 : matcher.group(2).equals("KiB") ? 1024 : 1024 * 1024;
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1)) * unit);
    }

    SignatureAlgorithm[] algorithms() {
        return Arrays.stream(list())
                .map(name -> SignatureAlgorithm.named(name)
                        .orElseThrow(() -> ConfigurationException.of(
                                key,
                                name,
                                "name algorithms out of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512,"
                                        + " EdDSA")))
                .toArray(SignatureAlgorithm[]::new);
    }

    /** One of some constants, as it is written in properties. */
    <E extends Enum<E>> E choice(E[] constants) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        String names = Stream.of(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw ConfigurationException.of(key, text, "write one of " + names);
    }

    boolean isRequired() {
        return switch (text) {
            case "required" -> true;
            case "off" -> false;
            default -> throw ConfigurationException.of(key, text, "write off or required");
        };
    }

    /** What a file holds, without the line end behind it. */
    String secretInFile() {
        try {
            return Files.readString(file()).strip();
        } catch (IOException unreadable) {
            throw ConfigurationException.of(key, text, "name a file that can be read");
        }
    }

    boolean flag() {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ConfigurationException.of(key, text, "write true or false");
        };
    }

    URI address() {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(key, text, "write an address such as https://issuer.example/jwks");
        }
    }

    Path file() {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw ConfigurationException.of(key, text, "write the path of a file");
        }
    }

    /** Shows the key only: the text may be a secret. */
    @Override
    public String toString() {
        return "SettingValue[" + key + "]";
    }

    /** Names this property in a refusal that came from the builder. */
    ConfigurationException named(ConfigurationException refusal) {
        return ConfigurationException.of(key, isSecret() ? "(not shown)" : text, refusal.mend());
    }

    private boolean isSecret() {
        return key.endsWith("secret") || key.endsWith("password") || key.endsWith("bearer-token");
    }
}
