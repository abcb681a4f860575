package io.tokenguard.examples.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one message.
 *
 * @param status the HTTP status
 * @param body the JSON-RPC response; null where there is none
 */
record Reply(int status, @Nullable JsonNode body) {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    /** The answer to a notification. */
    static Reply accepted() {
        return new Reply(202, null);
    }

    static Reply result(JsonNode id, ObjectNode result) {
        return new Reply(200, response(id).set("result", result.put("resultType", "complete")));
    }

    static Reply error(int status, @Nullable JsonNode id, int code, String message) {
        ObjectNode response = response(id);
        response.putObject("error").put("code", code).put("message", message);
        return new Reply(status, response);
    }

    private static ObjectNode response(@Nullable JsonNode id) {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        return id == null ? response : response.set("id", id);
    }
}
