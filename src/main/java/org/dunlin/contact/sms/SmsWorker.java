package org.dunlin.contact.sms;

import org.dunlin.contact.delivery.DeliveryKit;
import org.dunlin.contact.delivery.DeliveryWorker;
import org.springframework.stereotype.Component;

/** Sends what waits at the steps of ladders and holds for text messages. */
@Component
class SmsWorker extends DeliveryWorker {

    static final String TOPIC = "sms";

    SmsWorker(DeliveryKit kit, SmsCarrier carrier) {
        super(kit, carrier, TOPIC);
    }
}
