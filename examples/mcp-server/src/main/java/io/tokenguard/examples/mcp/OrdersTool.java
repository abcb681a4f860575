package io.tokenguard.examples.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenguard.access.AccessToken;

/** The one tool: lists the orders of the token's subject, which is never a parameter. */
final class OrdersTool {
    static final String NAME = "my_orders";

    private OrdersTool() {}

    static ObjectNode list() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode tool = result.putArray("tools").addObject();
        tool.put("name", NAME).put("description", "Lists the orders of the user");
        tool.putObject("inputSchema").put("type", "object").put("additionalProperties", false);
        return result.put("ttlMs", 3_600_000).put("cacheScope", "public");
    }

    static ObjectNode call(AccessToken token) {
        String owner = token.subject().orElse("nobody");
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", "Order 1 of " + owner + ": one teapot");
        return result.put("isError", false);
    }
}
