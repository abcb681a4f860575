package io.tokenguard.internal.audit;

import io.tokenguard.access.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * An event of the logger {@code io.tokenguard.audit}: a message in the form {@code name key=value}, and the same fields as key-value
 * pairs for backends that keep them apart. Texts must be cut and escaped. Not thread-safe.
 */
public final class AuditEvent {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.audit");

    private final String name;
    private final Map<String, String> fields;

    private AuditEvent(String name, Map<String, String> fields) {
        this.name = name;
        this.fields = fields;
    }

    /** An event without fields. */
    public static AuditEvent named(String name) {
        return new AuditEvent(name, new LinkedHashMap<>());
    }

    static AuditEvent of(String name, Refusal refusal) {
        return new AuditEvent(name, refusal.fields());
    }

    /** Adds a field; an empty one is left out. */
    public AuditEvent with(String key, String value) {
        if (!value.isEmpty()) {
            fields.put(key, value);
        }
        return this;
    }

    /**
     * Writes it. A backend that knows no pairs would put them before the message, which has them already: it gets only the
     * message.
     */
    public void write(Level level) {
        write(LOG, level);
    }

    void write(Logger log, Level level) {
        LoggingEventBuilder event = log.atLevel(level).setMessage("{}").addArgument(this);
        if (log instanceof LoggingEventAware) {
            event = event.addKeyValue("audit.event", name);
            for (Map.Entry<String, String> field : fields.entrySet()) {
                event = event.addKeyValue(field.getKey(), field.getValue());
            }
        }
        event.log();
    }

    /** The message. A value with spaces is quoted; no value has quotes of its own. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(name);
        fields.forEach((key, value) -> {
            String quote = value.indexOf(' ') < 0 ? "" : "\"";
            line.append(' ').append(key).append('=').append(quote).append(value).append(quote);
        });
        return line.toString();
    }
}
