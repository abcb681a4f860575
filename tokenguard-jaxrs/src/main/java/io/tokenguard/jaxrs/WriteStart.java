package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.access.IdempotentWrite.Start;
import io.tokenguard.access.IncomingRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Starts granted requests that happen once.
 *
 * @param guard knows which requests these are
 * @param isStored whether their answers are stored; otherwise they are refused: nobody could tell whether they have happened
 */
record WriteStart(TokenGuard guard, boolean isStored) {
    /** Lets a request proceed, or answers it. Another adapter, such as the servlet filter, may have started it. */
    void start(ContainerRequestContext request, IncomingRequest described) throws IOException {
        if (request.getProperty(IdempotentWrite.class.getName()) != null) {
            return;
        }
        String query = Optional.ofNullable(request.getUriInfo().getRequestUri().getRawQuery())
                .orElse("");
        Optional<AccessToken> token = Optional.ofNullable(Gate.tokenOf(request::getProperty));
        Optional<IdempotentWrite> write = guard.write(described, query, token);
        if (write.isEmpty()) {
            return;
        }
        if (!isStored) {
            request.abortWith(
                    Response.status(Response.Status.SERVICE_UNAVAILABLE).build());
            return;
        }
        Optional<Challenge> refusal = write.get().refusal();
        if (refusal.isPresent()) {
            refuse(refusal.get(), request);
        } else {
            begin(write.get(), request);
        }
    }

    private static void begin(IdempotentWrite write, ContainerRequestContext request) throws IOException {
        InputStream rest = request.hasEntity() ? request.getEntityStream() : InputStream.nullInputStream();
        byte[] head = rest.readNBytes(write.maxBody());
        Start start = write.begin(head, rest);
        if (start instanceof Start.Refuse refused) {
            refuse(refused.challenge(), request);
        } else if (start instanceof Start.Repeat repeated) {
            request.abortWith(response(repeated.answer()));
        } else {
            if (head.length > 0) {
                request.setEntityStream(new ReadAheadEntity(write, head, rest));
            }
            new RunningWrite(write).keepIn(request);
        }
    }

    private static void refuse(Challenge challenge, ContainerRequestContext request) {
        new RequestDecision(Optional.of(challenge)).keepIn(request);
        request.abortWith(RequestDecision.response(challenge));
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.fields().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return answer.body().length == 0
                ? response.build()
                : response.entity(answer.body()).build();
    }
}
