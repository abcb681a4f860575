package io.tokenguard.jaxrs;

import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write that the application runs, stored as a property of the request. For one request. */
final class RunningWrite {
    private static final String PROPERTY = RunningWrite.class.getName();
    private static final int FIRST_ERROR = 400;

    private final IdempotentWrite write;
    private int answered;
    private int sent;
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RunningWrite(IdempotentWrite write) {
        this.write = write;
    }

    void keepIn(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
        request.setProperty(IdempotentWrite.class.getName(), write);
    }

    static Optional<RunningWrite> in(Function<String, @Nullable Object> properties) {
        return properties.apply(PROPERTY) instanceof RunningWrite running ? Optional.of(running) : Optional.empty();
    }

    int maxAnswer() {
        return write.maxAnswer();
    }

    /** What the resource has returned. Filters and writers run for repeated answers again, so that their fields are not kept. */
    void returned(ContainerResponseContext response) {
        answered = response.getStatus();
        fields.putAll(response.getStringHeaders());
    }

    /** What is sent, after all filters. */
    void sent(int status) {
        sent = status;
    }

    void end(byte[] body, @Nullable MediaType type) {
        if (type != null) {
            fields.put("Content-Type", List.of(type.toString()));
        }
        // A filter that makes an error of an answer does so because the request failed.
        write.end(new Answer(sent >= FIRST_ERROR ? sent : answered, fields, body));
    }

    void endUnstored() {
        write.endUnstored(sent);
    }

    void fail() {
        write.abandon();
    }

    /** Contains nothing: properties get logged. */
    @Override
    public String toString() {
        return "RunningWrite[not shown]";
    }
}
