package org.dunlin.platform.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Speaks HTTP with the running Dunlin, as a program or as a browser that keeps cookies. */
public final class Web {

    static {
        // A browser sends these; Java's client would not let us.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin,connection");
    }

    private final String base;
    private final HttpClient client;

    public Web(int port) {
        this.base = "http://localhost:" + port;
        this.client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    String base() {
        return base;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> rest(String login, String method, String path, String json) {
        return send(
                method,
                "/engine-rest" + path,
                json,
                "Authorization",
                People.basic(login),
                "Content-Type",
                "application/json",
                "Accept",
                "application/json");
    }

    HttpResponse<String> deploy(String login, String file, String content) {
        String boundary = "a-boundary-that-no-model-contains";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nby "
                + login
                + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"" + file
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return send(
                "POST",
                "/engine-rest/deployment/create",
                body,
                "Authorization",
                People.basic(login),
                "Content-Type",
                "multipart/form-data; boundary=" + boundary,
                "Accept",
                "application/json");
    }

    /** Logs in as the login page does; the cookies stay with this browser. */
    public HttpResponse<String> login(String login, String password) {
        String token = token(get("/login", "Accept", "text/html").body());
        return post(
                "/camunda/api/admin/auth/user/default/login/welcome",
                "username=" + login + "&password=" + password,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-XSRF-TOKEN",
                token);
    }

    /** The token that a page carries for its writing requests. */
    public static String token(String page) {
        String mark = "name=\"csrf-token\" content=\"";
        int start = page.indexOf(mark);
        if (start < 0) {
            throw new AssertionError("The page carries no token");
        }
        return page.substring(start + mark.length(), page.indexOf('"', start + mark.length()));
    }
}
