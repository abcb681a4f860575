package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** That a run really has the containers, and the Servlet API, that it says it has. */
@OnEveryContainer
class ContainerTest {
    @Parameter
    private Container container;

    @Test
    void servesWithTheVersionOfTheServletApiThatItIsCalledAfter() throws Exception {
        Application application = new Application("/version public")
                .servlet(
                        (request, response) -> response.getWriter()
                                .print(request.getServletContext().getServerInfo() + " "
                                        + request.getServletContext().getMajorVersion() + "."
                                        + request.getServletContext().getMinorVersion()),
                        "/version");
        try (Site site = application.on(container)) {
            assertThat(site.get("/version").body())
                    .startsWith(container.product)
                    .endsWith(" " + container.majorVersion + "." + container.minorVersion);
        }
    }

    @Test
    void hasTheClassesOfThatVersionAndNoOthers() throws Exception {
        // Servlet 6.1 added sendRedirect with a status.
        boolean hasRedirectWithStatus = Arrays.stream(HttpServletResponse.class.getMethods())
                .anyMatch(method -> method.getName().equals("sendRedirect") && method.getParameterCount() == 3);
        assertThat(hasRedirectWithStatus).isEqualTo(container.minorVersion == 1);
    }
}
