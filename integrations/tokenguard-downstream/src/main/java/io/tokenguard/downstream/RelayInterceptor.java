package io.tokenguard.downstream;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Gives requests of Spring's {@code RestClient} and {@code RestTemplate} their tokens. Thread-safe. It can't see whether the HTTP
 * client below follows redirects: use one that does not.
 */
public final class RelayInterceptor implements ClientHttpRequestInterceptor {
    private final TokenRelay relay;
    private final Supplier<Optional<Caller>> caller;

    /**
     * An interceptor.
     *
     * @param caller finds whose request is being served, on the thread that sends; empty if the API acts for nobody
     */
    public RelayInterceptor(TokenRelay relay, Supplier<Optional<Caller>> caller) {
        this.relay = relay;
        this.caller = caller;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        relay.tokenFor(request.getURI(), caller.get())
                .ifPresent(token -> request.getHeaders().set("Authorization", "Bearer " + token));
        return execution.execute(request, body);
    }
}
