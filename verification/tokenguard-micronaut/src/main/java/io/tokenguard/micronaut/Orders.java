package io.tokenguard.micronaut;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.tokenguard.access.AccessToken;

@Controller("/orders")
@Produces(MediaType.TEXT_PLAIN)
@Consumes(MediaType.ALL)
public class Orders {
    @Get
    public String list(HttpRequest<?> request) {
        return "orders of "
                + Guarding.accessToken(request).flatMap(AccessToken::subject).orElse("nobody");
    }

    @Post
    public String add() {
        return "added";
    }

    @Get("/opening-hours")
    public String openingHours() {
        return "always";
    }
}
