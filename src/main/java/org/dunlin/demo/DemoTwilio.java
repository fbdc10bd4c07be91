package org.dunlin.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers as Twilio does, within this process: nothing leaves the machine. */
final class DemoTwilio extends HttpClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoPhones phones;

    DemoTwilio(DemoPhones phones) {
        this.phones = phones;
    }

    @Override
    public Response makeRequest(Request request) {
        boolean call = request.getUrl().endsWith("/Calls.json");
        if (request.getMethod() == HttpMethod.POST) {
            return json(201, phones.take(call, single(request.getPostParams())).asJson());
        }
        Collection<DemoPhones.Taken> found =
                phones.to(single(request.getQueryParams()).get("To"), call);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("first_page_uri", "/");
        page.put("next_page_uri", null);
        page.put("page_size", found.size());
        page.put("uri", "/");
        page.put(
                call ? "calls" : "messages",
                found.stream().map(DemoPhones.Taken::asJson).toList());
        return json(200, page);
    }

    private static Map<String, String> single(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .get(0)));
    }

    private static Response json(int status, Map<String, Object> body) {
        try {
            return new Response(JSON.writeValueAsString(body), status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
