package io.tokenguard.jaxrs;

import org.jboss.resteasy.plugins.server.netty.NettyJaxrsServer;
import org.jboss.resteasy.spi.ResteasyDeployment;

/** RESTEasy on Netty, without servlets. */
final class ResteasyNettyServer {
    private ResteasyNettyServer() {}

    // RESTEasy 6.2 has marked it for removal, and 7.0 has removed it, with every other server that needs no servlets.
    @SuppressWarnings("removal")
    static RunningServer start(ResteasyDeployment deployment) {
        NettyJaxrsServer server = new NettyJaxrsServer();
        server.setDeployment(deployment);
        server.setHostname("127.0.0.1");
        server.setPort(0);
        server.start();
        return new RunningServer(server.getPort(), server::stop);
    }
}
