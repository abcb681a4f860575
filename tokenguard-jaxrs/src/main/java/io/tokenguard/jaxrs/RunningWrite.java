package io.tokenguard.jaxrs;

import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write that the application runs, stored as a property of the request. For one request. */
final class RunningWrite {
    private static final String PROPERTY = RunningWrite.class.getName();

    private final IdempotentWrite write;
    private int status;
    private Map<String, List<String>> fields = Map.of();

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

    /** The response is known, except for its body. */
    void answered(ContainerResponseContext response) {
        status = response.getStatus();
        fields = new HashMap<>(response.getStringHeaders());
        if (response.getMediaType() != null) {
            fields.put("Content-Type", List.of(response.getMediaType().toString()));
        }
    }

    /** A writer of the body has set a further field. */
    void encodedBy(String encoding) {
        fields.put("Content-Encoding", List.of(encoding));
    }

    void end(byte[] body) {
        write.end(new Answer(status, fields, body));
    }

    void endUnstored() {
        write.endUnstored(status);
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
