package io.tokenguard.access;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts the value of a claim to a Java type. */
final class ClaimValue {
    private static final BigDecimal EARLIEST = BigDecimal.valueOf(Instant.MIN.getEpochSecond());
    private static final BigDecimal LATEST = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
    private static final List<Class<?>> JSON_TYPES =
            List.of(String.class, Boolean.class, Long.class, BigDecimal.class, List.class, Map.class);

    private ClaimValue() {}

    static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    static Optional<Instant> instant(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return instant(BigDecimal.valueOf(seconds));
        }
        return value instanceof BigDecimal seconds ? instant(seconds) : Optional.empty();
    }

    private static Optional<Instant> instant(BigDecimal seconds) {
        boolean isInRange = seconds.compareTo(EARLIEST) >= 0 && seconds.compareTo(LATEST) <= 0;
        return isInRange
                ? Optional.of(Instant.ofEpochSecond(
                        seconds.setScale(0, RoundingMode.FLOOR).longValueExact()))
                : Optional.empty();
    }

    /** Rejects types that no claim can have: an empty result would look like a missing claim. */
    static <T> Optional<T> as(Class<T> type, @Nullable Object value) {
        if (JSON_TYPES.stream().noneMatch(type::isAssignableFrom)) {
            throw new IllegalArgumentException("No claim has the type " + type.getName()
                    + "; use String, Boolean, Long, BigDecimal, List, Map, or a supertype of one of them");
        }
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }
}
