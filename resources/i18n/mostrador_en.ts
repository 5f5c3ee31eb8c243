<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CardPanel</name>
    <message numerus="yes">
        <source>Asking the terminal… %n times so far</source>
        <translation>
            <numerusform>Asking the terminal… once so far</numerusform>
            <numerusform>Asking the terminal… %n times so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChooserPanel</name>
    <message numerus="yes">
        <source>%n articles have this code</source>
        <translation>
            <numerusform>%n article has this code</numerusform>
            <numerusform>%n articles have this code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseShiftPage</name>
    <message numerus="yes">
        <source>%n left to count</source>
        <translation>
            <numerusform>%n left to count</numerusform>
            <numerusform>%n left to count</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeaderViewModel</name>
    <message numerus="yes">
        <source>%n items to look at</source>
        <translation>
            <numerusform>%n item to look at</numerusform>
            <numerusform>%n items to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n to send</numerusform>
            <numerusform>%n to send</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineEditViewModel</name>
    <message numerus="yes">
        <source>at most %n decimals</source>
        <translation>
            <numerusform>at most %n decimal</numerusform>
            <numerusform>at most %n decimals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkViewModel</name>
    <message numerus="yes">
        <source>%n acts saved, they will be sent by themselves</source>
        <translation>
            <numerusform>%n act saved, it will be sent by itself</numerusform>
            <numerusform>%n acts saved, they will be sent by themselves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n act was set aside</numerusform>
            <numerusform>%n acts were set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuViewModel</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverrideViewModel</name>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>Wrong PIN: %n try left</numerusform>
            <numerusform>Wrong PIN: %n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs: wait %n s</source>
        <translation>
            <numerusform>Too many wrong PINs: wait %n s</numerusform>
            <numerusform>Too many wrong PINs: wait %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParkedViewModel</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message numerus="yes">
        <source>Ticket · %n articles</source>
        <translation>
            <numerusform>Ticket · %n article</numerusform>
            <numerusform>Ticket · %n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceCheckViewModel</name>
    <message numerus="yes">
        <source>%n products share this code</source>
        <translation>
            <numerusform>%n product has this code</numerusform>
            <numerusform>%n products share this code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message numerus="yes">
        <source>Sales: %n tickets</source>
        <translation>
            <numerusform>Sales: %n ticket</numerusform>
            <numerusform>Sales: %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SalePage</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take up a parked ticket: %n wait</source>
        <translation>
            <numerusform>Take up a parked ticket: %n waits</numerusform>
            <numerusform>Take up a parked ticket: %n wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInViewModel</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card payments have no answer yet</source>
        <translation>
            <numerusform>%n card payment has no answer yet</numerusform>
            <numerusform>%n card payments have no answer yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receipts wait to be printed</source>
        <translation>
            <numerusform>%n receipt waits to be printed</numerusform>
            <numerusform>%n receipts wait to be printed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>Wrong PIN: %n try left</numerusform>
            <numerusform>Wrong PIN: %n tries left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n act was set aside</numerusform>
            <numerusform>%n acts were set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncViewModel</name>
    <message numerus="yes">
        <source>%n acts are queued again</source>
        <translation>
            <numerusform>%n act is queued again</numerusform>
            <numerusform>%n acts are queued again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acts wait to be sent</source>
        <translation>
            <numerusform>%n act waits to be sent</numerusform>
            <numerusform>%n acts wait to be sent</numerusform>
        </translation>
    </message>
</context>
</TS>
