package io.tokenguard.examples.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenguard.access.AccessToken;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The methods of this server, without sessions. A request of revision 2026-07-28 also names its revision, method and tool in
 * header fields; one without a revision counts as one of an earlier revision.
 */
final class McpMethods {
    private static final String MODERN = "2026-07-28";
    private static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    private McpMethods() {}

    static Reply answer(JsonNode message, UnaryOperator<@Nullable String> fields, AccessToken token) {
        String method = message.path("method").asText();
        if (!message.path("jsonrpc").asText().equals("2.0") || method.isEmpty()) {
            return Reply.error(400, null, Reply.INVALID_REQUEST, "Invalid request");
        }
        JsonNode id = message.get("id");
        if (id == null) {
            return Reply.accepted();
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            return Reply.error(400, null, Reply.INVALID_REQUEST, "Invalid request");
        }
        String version = fields.apply("MCP-Protocol-Version");
        if (version == null || LEGACY.contains(version)) {
            return run(method, id, message.path("params"), token);
        }
        if (!version.equals(MODERN)) {
            return unsupported(id);
        }
        return isMirrored(message, method, fields)
                ? run(method, id, message.path("params"), token)
                : Reply.error(400, id, Reply.HEADER_MISMATCH, "The header fields do not match the body");
    }

    /** The header fields must match the body, as proxies may route by them. */
    private static boolean isMirrored(JsonNode message, String method, UnaryOperator<@Nullable String> fields) {
        JsonNode params = message.path("params");
        String revision = params.path("_meta")
                .path("io.modelcontextprotocol/protocolVersion")
                .asText();
        boolean isNameMirrored =
                !method.equals("tools/call") || params.path("name").asText().equals(fields.apply("Mcp-Name"));
        return revision.equals(MODERN) && method.equals(fields.apply("Mcp-Method")) && isNameMirrored;
    }

    private static Reply run(String method, JsonNode id, JsonNode params, AccessToken token) {
        return switch (method) {
            case "server/discover" -> Reply.result(id, describe());
            case "initialize" -> Reply.result(id, initialize(params));
            case "ping" -> Reply.result(id, JsonNodeFactory.instance.objectNode());
            case "tools/list" -> Reply.result(id, OrdersTool.list());
            case "tools/call" -> call(id, params, token);
            default -> Reply.error(404, id, Reply.METHOD_NOT_FOUND, "Method not found");
        };
    }

    private static Reply call(JsonNode id, JsonNode params, AccessToken token) {
        return params.path("name").asText().equals(OrdersTool.NAME)
                ? Reply.result(id, OrdersTool.call(token))
                : Reply.error(200, id, Reply.INVALID_PARAMS, "Unknown tool");
    }

    private static ObjectNode describe() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        versions(result.putArray("supportedVersions"));
        result.putObject("capabilities").putObject("tools");
        result.set(
                "_meta", JsonNodeFactory.instance.objectNode().set("io.modelcontextprotocol/serverInfo", identity()));
        return result.put("ttlMs", 3_600_000).put("cacheScope", "public");
    }

    private static ObjectNode initialize(JsonNode params) {
        String asked = params.path("protocolVersion").asText();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("protocolVersion", LEGACY.contains(asked) ? asked : LEGACY.get(0));
        result.putObject("capabilities").putObject("tools");
        return result.set("serverInfo", identity());
    }

    private static ObjectNode identity() {
        return JsonNodeFactory.instance.objectNode().put("name", "orders").put("version", "1.0");
    }

    private static Reply unsupported(JsonNode id) {
        Reply reply = Reply.error(400, id, Reply.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version");
        if (reply.body() instanceof ObjectNode response && response.get("error") instanceof ObjectNode error) {
            versions(error.putObject("data").putArray("supported"));
        }
        return reply;
    }

    private static void versions(ArrayNode list) {
        list.add(MODERN);
        LEGACY.forEach(list::add);
    }
}
