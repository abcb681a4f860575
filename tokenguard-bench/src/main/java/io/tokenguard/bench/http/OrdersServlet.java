package io.tokenguard.bench.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** As little as a servlet can do. */
final class OrdersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ORDERS = "[]";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(ORDERS.length());
        response.getOutputStream().write(ORDERS.getBytes(StandardCharsets.US_ASCII));
    }
}
