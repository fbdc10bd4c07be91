package org.dunlin.contact.sms;

import com.twilio.twiml.MessagingResponse;
import com.twilio.twiml.messaging.Body;
import com.twilio.twiml.messaging.Message;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Twilio hands over a text message that somebody sent to one of our numbers. */
@RestController
class InboundController {

    private final InboundTexts texts;

    InboundController(InboundTexts texts) {
        this.texts = texts;
    }

    @PostMapping(path = "/twilio/inbound", produces = MediaType.TEXT_XML_VALUE + ";charset=UTF-8")
    @Roles.Anonymous
    String inbound(
            @RequestParam("MessageSid") String sid,
            @RequestParam("From") String from,
            @RequestParam(name = "Body", defaultValue = "") String body,
            @RequestParam(name = "OptOutType", required = false) @Nullable String optOut) {
        MessagingResponse.Builder answer = new MessagingResponse.Builder();
        texts.arrived(sid, from, body, optOut)
                .ifPresent(text -> answer.message(new Message.Builder()
                        .body(new Body.Builder(text).build())
                        .build()));
        return answer.build().toXml();
    }
}
