package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.claimpath.ClaimPath;
import io.tokenguard.internal.jose.NumericDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads claims by type. Coerces nothing: a claim of another type is malformed. A JSON null counts as absent. */
public final class ClaimReader {
    private static final int LONGEST_IDENTIFIER = 1_024;

    /** RFC 7519 §4.1, RFC 8693 §4.3 and OpenID Connect Core §2 require text. */
    private static final Set<String> TEXTS = Set.of("iss", "sub", "jti", "sid", "client_id", "azp");

    private final Map<String, @Nullable Object> claims;

    /** A reader of some claims. */
    public ClaimReader(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /** Whether a claim is present. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** The value of a claim, or at a JSON Pointer into one. */
    @Nullable
    Object value(String name) {
        return ClaimPath.isPointer(name) ? ClaimPath.of(name).valueIn(claims) : claims.get(name);
    }

    /** The steps to the value of a claim, or of a JSON Pointer into one, from the outside in. */
    public static List<String> path(String name) {
        return ClaimPath.isPointer(name) ? ClaimPath.of(name).steps() : List.of(name);
    }

    /** The audience if it is one text, or a list of one. */
    Optional<String> onlyAudience() {
        Object audience = claims.get("aud");
        Object only = audience instanceof List<?> items && items.size() == 1 ? items.get(0) : audience;
        return only instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Whether a claim is present and not empty. An empty text or list counts as absent. */
    boolean hasContent(String name) {
        Object value = value(name);
        return value != null && !value.equals("") && !value.equals(List.of());
    }

    /** An identifier that is not checked, for comparison; empty if the claim is absent, empty or of another type. */
    public Optional<String> text(String name) {
        Object value = value(name);
        if (value instanceof Long && !TEXTS.contains(name)) {
            return Optional.of(value.toString());
        }
        return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Whether a claim is absent or a text. */
    boolean isText(String name) {
        Object value = claims.get(name);
        return value == null || value instanceof String;
    }

    /** Whether a claim is a text, a whole number, or a boolean that is written as one of some values. */
    boolean hasValue(String name, Set<String> values) {
        Object value = value(name);
        return (value instanceof String || value instanceof Long || value instanceof Boolean)
                && values.contains(value.toString());
    }

    /**
     * An identifier: text that is not blank, at most 1024 characters long, and without control characters. An empty text or
     * list counts as absent. Claims whose type no standard defines may also be whole numbers.
     */
    public Optional<String> identifier(String name) throws RefusedException {
        if (!hasContent(name)) {
            return Optional.empty();
        }
        Object value = value(name);
        if (value instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_IDENTIFIER
                && !hasControlCharacter(text)) {
            return Optional.of(text);
        }
        return Optional.of(text(name).filter(number -> value instanceof Long).orElseThrow(() -> malformed(name)));
    }

    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** A NumericDate (RFC 7519 §2) in whole seconds, rounded down and cut to the end of the year 9999 in either direction. */
    public OptionalLong numericDate(String name) throws RefusedException {
        Object value = claims.get(name);
        OptionalLong seconds = NumericDate.seconds(value);
        if (value instanceof String) {
            throw malformed(name)
                    .explained(finding -> finding.hint(
                            name + " is a text: let the issuer write a number of seconds since 1970, without quotes"));
        } else if (value != null && seconds.isEmpty()) {
            throw malformed(name);
        }
        return seconds;
    }

    /** A text or a list of texts; empty if the claim is absent. */
    public List<String> texts(List<String> path) throws RefusedException {
        Object value = valueAt(path);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        throw malformed(path.get(0));
    }

    /** Collects the names at some paths. */
    NameCollector collect(List<ClaimPath> paths, NameCollector names) {
        for (ClaimPath path : paths) {
            names.collect(claims, path.steps(), "");
        }
        return names;
    }

    /** Whether a value in the claims is an object, or a list that holds one. */
    boolean hasObjects(ClaimPath path) {
        Object value = path.valueIn(claims);
        return value instanceof Map<?, ?>
                || (value instanceof List<?> items && items.stream().anyMatch(Map.class::isInstance));
    }

    private @Nullable Object valueAt(List<String> path) throws RefusedException {
        Object value = claims.get(path.get(0));
        for (int i = 1; i < path.size(); i++) {
            if (value == null) {
                return null;
            }
            if (!(value instanceof Map<?, ?> object)) {
                throw malformed(path.get(0));
            }
            value = object.get(path.get(i));
        }
        return value;
    }

    /** The refusal of a token without a required claim. */
    public static RefusedException missing(String name) {
        return new RefusedException(RefusalReason.CLAIM_MISSING, name, () -> Finding.of("no " + name, "claim " + name));
    }

    /** The refusal of a claim of the wrong type. */
    public static RefusedException malformed(String name) {
        return new RefusedException(
                RefusalReason.CLAIMS_MALFORMED,
                name,
                () -> Finding.of("a malformed claim " + name, "the form of RFC 7519 for " + name));
    }
}
