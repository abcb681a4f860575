package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;

/**
 * One request with a token that is bound to a key, and a fresh proof of that key (RFC 9449 §7.1).
 *
 * @param address where it goes
 * @param token the access token
 * @param key the key that the token is bound to
 */
record DpopRequest(URI address, String token, TestKey key) {
    private static final String USAGE = "usage: java -jar quickstart.jar dpop ADDRESS TOKEN PRIVATE_JWK";

    static DpopRequest parse(String... words) {
        if (words.length != 4) {
            throw new IllegalArgumentException(USAGE);
        }
        return new DpopRequest(URI.create(words[1]), words[2], TestKey.fromPrivateJwk(words[3]));
    }

    /** Sends the request, again if a nonce is required, and returns the status and the body of the answer. */
    String send() {
        try {
            HttpResponse<String> answer = DpopClient.withKey(key, Clock.systemUTC())
                    .send(
                            HttpClient.newHttpClient(),
                            HttpRequest.newBuilder(address).build(),
                            token);
            return answer.statusCode() + "\n" + answer.body();
        } catch (IOException unreachable) {
            throw new IllegalArgumentException(
                    "ADDRESS is '" + address + "': no server answers at this address; start the quickstart first",
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The request was interrupted", interrupted);
        }
    }

    /** Contains nothing of token and key. */
    @Override
    public String toString() {
        return "DpopRequest[" + address + "]";
    }
}
