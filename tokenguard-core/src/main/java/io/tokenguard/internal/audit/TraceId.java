package io.tokenguard.internal.audit;

import io.tokenguard.access.IncomingRequest;
import java.util.List;
import org.slf4j.MDC;

/** Finds the trace that a request belongs to: in the MDC, or in its traceparent field (W3C Trace Context §3.2). */
public final class TraceId {
    private static final List<String> MDC_KEYS = List.of("traceId", "trace_id", "trace.id");
    private static final int ID_START = 3;
    private static final int ID_END = 35;
    private static final int LENGTH = 55;

    private TraceId() {}

    /** The identifier, cut and escaped; empty if there is none. */
    public static String of(IncomingRequest request) {
        for (String key : MDC_KEYS) {
            String id = MDC.get(key);
            if (id != null && !id.isEmpty()) {
                return SafeText.value(id);
            }
        }
        List<String> fields = request.headers().valuesOf("traceparent");
        return fields.size() == 1 ? parse(fields.get(0)) : "";
    }

    private static String parse(String field) {
        boolean isFormed = field.length() >= LENGTH && field.charAt(ID_START - 1) == '-' && field.charAt(ID_END) == '-';
        String id = isFormed ? field.substring(ID_START, ID_END) : "";
        return id.chars().allMatch(TraceId::isLowerHex) ? id : "";
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
