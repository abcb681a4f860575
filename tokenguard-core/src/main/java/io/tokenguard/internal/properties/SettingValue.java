package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.bounds.Durations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of one property and how it is read.
 *
 * @param key the property, for messages
 * @param text its value
 */
record SettingValue(String key, String text) {
    private static final String BASE64URL = "base64url:";
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9-]{1,20}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s?(KiB|MiB|GiB)?");

    Duration duration() {
        return Durations.read(key, text);
    }

    /** A comma-separated list. */
    String[] list() {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
    }

    int number() {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw ConfigurationException.of(key, text, "write a whole number");
        }
    }

    /** A number of bytes, such as {@code 262144} or {@code 256KiB}. */
    long bytes() {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw ConfigurationException.of(key, text, "write a number of bytes such as 262144 or 256KiB");
        }
        return Long.parseLong(matcher.group(1)) * bytesIn(matcher.group(2));
    }

    private static long bytesIn(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    SignatureAlgorithm[] algorithms() {
        return Arrays.stream(list())
                .map(name -> SignatureAlgorithm.named(name)
                        .orElseThrow(() -> ConfigurationException.of(
                                key,
                                text,
                                unknown(name) + "name algorithms, separated by commas, out of "
                                        + Stream.of(SignatureAlgorithm.values())
                                                .map(SignatureAlgorithm::toString)
                                                .collect(Collectors.joining(", ")))))
                .toArray(SignatureAlgorithm[]::new);
    }

    /** Names an algorithm that does not exist only if it looks like one: what else was set may be a secret. */
    private static String unknown(String name) {
        return ALGORITHM.matcher(name).matches() ? "there is no algorithm " + name + "; " : "";
    }

    /** One of some constants, in the notation of properties. */
    <E extends Enum<E>> E choice(E[] constants) {
        for (E constant : constants) {
            if (written(constant).equals(text)) {
                return constant;
            }
        }
        String names = Stream.of(constants).map(SettingValue::written).collect(Collectors.joining(", "));
        throw ConfigurationException.of(key, text, "write one of " + names);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isRequired() {
        return switch (text) {
            case "required" -> true;
            case "off" -> false;
            default -> throw ConfigurationException.of(key, text, "write off or required");
        };
    }

    boolean isOn() {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw ConfigurationException.of(key, text, "write on or off");
        };
    }

    /** The content of a file, without the line end after it. */
    String secretInFile() {
        try {
            return Files.readString(file()).strip();
        } catch (IOException unreadable) {
            throw ConfigurationException.of(key, text, "name a file that can be read");
        }
    }

    /** The bytes of a file without one line end after them, or the decoded rest of a text that begins with {@code base64url:}. */
    byte[] secretBytesInFile() {
        String content;
        try {
            content = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(key, text, "name a file that can be read");
        }
        String secret = LINE_END.matcher(content).replaceFirst("");
        return secret.startsWith(BASE64URL)
                ? decoded(secret.substring(BASE64URL.length()))
                : secret.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] decoded(String base64url) {
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    key, text, "after " + BASE64URL + " the file must have base64url only (RFC 4648 §5)");
        }
    }

    boolean flag() {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ConfigurationException.of(key, text, "write true or false");
        };
    }

    URI[] addresses() {
        return Stream.of(list())
                .map(item -> new SettingValue(key, item).address())
                .toArray(URI[]::new);
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

    /** Contains the key only: the text may be a secret. */
    @Override
    public String toString() {
        return "SettingValue[" + key + "]";
    }

    /** Names this property in an error of the builder. */
    ConfigurationException named(ConfigurationException refusal) {
        return ConfigurationException.of(key, text, refusal.remedy());
    }
}
