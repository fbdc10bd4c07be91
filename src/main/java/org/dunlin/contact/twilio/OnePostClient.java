package org.dunlin.contact.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dunlin.contact.delivery.FailureText;
import org.jspecify.annotations.Nullable;

/**
 * Makes each request of the SDK exactly once, within a time, and knows after a failure whether the other side can have it. The SDK's
 * own client repeats what was answered with 429 or 5xx, which could send a message twice.
 */
final class OnePostClient extends HttpClient {

    private final java.net.http.HttpClient http;
    private final Duration timeout;
    private final @Nullable URI base;

    OnePostClient(TwilioProperties properties) {
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
        this.timeout = properties.timeout();
        this.base = properties.baseUrl();
    }

    /** Nobody there to take the request: it was certainly not carried out. */
    static final class NotReachedException extends ApiException {
        private static final long serialVersionUID = 1L;

        NotReachedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The request was under way, and no answer that says what became of it. */
    static final class NoAnswerException extends ApiException {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String message, Throwable cause) {
            super(message, cause);
        }

        NoAnswerException(String message) {
            super(message);
        }
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        NotingBody body = new NotingBody(
                request.getMethod() == HttpMethod.POST
                        ? BodyPublishers.ofString(request.encodeFormBody())
                        : BodyPublishers.noBody());
        return judged(exchange(httpRequest(request, body), body));
    }

    private HttpRequest httpRequest(Request request, BodyPublisher body) {
        HttpRequest.Builder http = HttpRequest.newBuilder(target(request))
                .method(request.getMethod().toString(), body)
                .timeout(timeout)
                .header("Accept", "application/json");
        if (request.getMethod() == HttpMethod.POST) {
            http.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (request.requiresAuthentication()) {
            http.header("Authorization", request.getAuthString());
        }
        return http.build();
    }

    private URI target(Request request) {
        try {
            URI twilio = request.constructURL().toURI();
            if (base == null) {
                return twilio;
            }
            String query = twilio.getRawQuery() == null ? "" : "?" + twilio.getRawQuery();
            return URI.create(base.toString().replaceFirst("/$", "") + twilio.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw new ApiException("Not an address of Twilio: " + request.getUrl(), e);
        }
    }

    /** The time is for all of it, the body of the answer too. */
    private HttpResponse<String> exchange(HttpRequest request, NotingBody body) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (!body.begun && cause instanceof IOException) {
                throw new NotReachedException("Twilio is out of reach: " + text(cause), cause);
            }
            throw new NoAnswerException("Twilio did not answer: " + text(cause), cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unanswered(body, "Twilio did not answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unanswered(body, "Stopped while Twilio was to answer", e);
        }
    }

    private static ApiException unanswered(NotingBody body, String message, Exception cause) {
        return body.begun ? new NoAnswerException(message, cause) : new NotReachedException(message, cause);
    }

    private static Response judged(HttpResponse<String> answer) {
        int status = answer.statusCode();
        String body = answer.body();
        boolean refused = status >= 400 && status < 500 && status != 408;
        boolean done = status >= 200 && status < 300;
        if (!refused && !done) {
            throw new NoAnswerException("Twilio answered with status " + status);
        }
        if (refused && !body.stripLeading().startsWith("{")) {
            throw new ApiException("Status " + status, status);
        }
        return new Response(body, status);
    }

    private static String text(Throwable failure) {
        return failure instanceof Exception exception ? FailureText.of(exception) : failure.toString();
    }

    /** Knows whether anything of the request can have left: the client asks for the body when it has a connection. */
    private static final class NotingBody implements BodyPublisher {

        private final BodyPublisher body;
        private volatile boolean begun;

        NotingBody(BodyPublisher body) {
            this.body = body;
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            begun = true;
            body.subscribe(subscriber);
        }
    }
}
