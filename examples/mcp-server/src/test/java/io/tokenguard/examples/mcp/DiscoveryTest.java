package io.tokenguard.examples.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client of the Model Context Protocol does that knows nothing but the address of the server. */
class DiscoveryTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"my_orders\"}}";

    private static TestIssuer issuer;
    private static GuardedServer server;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        server = GuardedServer.start(0, endpoint -> McpServer.guard(endpoint, issuer.issuer()));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static HttpResponse<String> post(String body, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> postWithToken(String body, String... fields) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("Authorization", "Bearer " + token(server.endpoint().toString())));
        all.addAll(List.of(fields));
        return post(body, all.toArray(String[]::new));
    }

    private static JsonNode get(String address) throws Exception {
        HttpResponse<String> answer =
                CLIENT.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(answer.body());
    }

    private static String token(String audience) {
        return issuer.token()
                .audience(audience)
                .scope("mcp:tools")
                .subject("alice")
                .sign();
    }

    private static String parameter(HttpResponse<String> refused, String name) {
        String challenge = refused.headers().firstValue("WWW-Authenticate").orElseThrow();
        Matcher parameter = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(challenge);
        assertThat(parameter.find()).as(challenge).isTrue();
        return parameter.group(1);
    }

    @Test
    void leadsFromTheFirstRefusalOverMetadataAndIssuerToTheTool() throws Exception {
        HttpResponse<String> refused = post(CALL);
        assertThat(refused.statusCode()).isEqualTo(401);

        JsonNode resource = get(parameter(refused, "resource_metadata"));
        assertThat(resource.get("resource").textValue())
                .as("RFC 9728 section 3.3")
                .isEqualTo(server.endpoint().toString());

        String trusted = resource.get("authorization_servers").get(0).textValue();
        JsonNode authorizationServer = get(trusted + "/.well-known/oauth-authorization-server");
        assertThat(authorizationServer.get("issuer").textValue())
                .as("RFC 8414 section 3.3")
                .isEqualTo(trusted)
                .isEqualTo(issuer.issuer());

        String granted = issuer.token()
                .audience(resource.get("resource").textValue())
                .scope(parameter(refused, "scope"))
                .subject("alice")
                .sign();
        HttpResponse<String> served = post(CALL, "Authorization", "Bearer " + granted);
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(served.body()).at("/result/content/0/text").textValue())
                .isEqualTo("Order 1 of alice: one teapot");
    }

    @Test
    void findsTheMetadataAtTheRootOfTheHostToo() throws Exception {
        assertThat(get(server.endpoint()
                                .resolve("/.well-known/oauth-protected-resource")
                                .toString())
                        .get("resource")
                        .textValue())
                .isEqualTo(server.endpoint().toString());
    }

    @Test
    void takesNoTokenThatIsMeantForSomebodyElseOrTravelsInTheQuery() throws Exception {
        assertThat(post(CALL, "Authorization", "Bearer " + token("https://other.example"))
                        .statusCode())
                .isEqualTo(401);
        HttpRequest inQuery = HttpRequest.newBuilder(URI.create(server.endpoint() + "?access_token="
                        + token(server.endpoint().toString())))
                .POST(HttpRequest.BodyPublishers.ofString(CALL))
                .build();
        assertThat(CLIENT.send(inQuery, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void namesTheScopeAndTheMetadataWhereATokenGrantsTooLittle() throws Exception {
        HttpResponse<String> refused = post(
                CALL,
                "Authorization",
                "Bearer "
                        + issuer.token().audience(server.endpoint().toString()).sign());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(parameter(refused, "error")).isEqualTo("insufficient_scope");
        assertThat(parameter(refused, "scope")).isEqualTo("mcp:tools");
        assertThat(parameter(refused, "resource_metadata")).contains("/.well-known/oauth-protected-resource/mcp");
    }

    @Test
    void speaksTheRevisionThatNamesMethodAndToolInHeaderFields() throws Exception {
        String modern = CALL.replace(
                "\"my_orders\"",
                "\"my_orders\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}");
        List<String> fields =
                List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "my_orders");
        assertThat(postWithToken(modern, fields.toArray(String[]::new)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = postWithToken(
                modern,
                fields.stream()
                        .map(text -> text.equals("my_orders") ? "another" : text)
                        .toArray(String[]::new));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(other.body()).at("/error/code").intValue()).isEqualTo(-32020);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | 400 | -32700",
                "{} {} | 400 | -32700",
                "[] | 400 | -32600",
                "1 | 400 | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"} | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"} | 404 | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"} | 200 | -32602",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"} | 202 | 0",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"} | 200 | 0",
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\"} | 200 | 0",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} | 200 | 0",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"} | 200 | 0"
            })
    void answersEveryMessageInTheWordsOfJsonRpc(String message, int status, int error) throws Exception {
        HttpResponse<String> answer = postWithToken(message);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().isEmpty()).isEqualTo(status == 202);
        if (status != 202) {
            assertThat(JSON.readTree(answer.body()).at("/error/code").intValue())
                    .isEqualTo(error);
        }
    }

    @Test
    void namesItsRevisionsToAClientOfAnotherOne() throws Exception {
        HttpResponse<String> answer = postWithToken(CALL, "MCP-Protocol-Version", "1900-01-01");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/code").intValue()).isEqualTo(-32022);
        assertThat(JSON.readTree(answer.body()).at("/error/data/supported/0").textValue())
                .isEqualTo("2026-07-28");
    }

    @Test
    void keepsOutPagesOfOtherOriginsAndEndlessBodies() throws Exception {
        assertThat(postWithToken(CALL, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(postWithToken(
                                CALL,
                                "Origin",
                                server.endpoint().resolve("/").toString().replaceAll("/$", ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(postWithToken(" ".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void servesNothingButThePostOfTheEndpoint() throws Exception {
        for (Map.Entry<String, Integer> wanted :
                Map.of("/mcp", 405, "/other", 403).entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(server.endpoint().resolve(wanted.getKey()))
                    .header("Authorization", "Bearer " + token(server.endpoint().toString()))
                    .build();
            assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(wanted.getValue());
        }
    }
}
