Feature: Ordered on the phone, collected at the counter
  Somebody fills a cart on the phone, finishes the order on a laptop and collects it in the shop:
  tries one thing on and leaves it behind, and takes something else in addition.

  Background:
    Given the shop is open, and so is its web shop
    And Carmen put a coffee maker and a cup into her cart on the phone
    And she added a blanket on her laptop, and paid it all to collect it here
    And the till announces the order
    And it is fetched by scanning, and put on shelf B3 with its label
    And her phone says that it is ready, and shows her code

  Scenario: The shop sees its hub
    When she shows her code and her parcel is scanned
    And she tries the cup on and leaves it behind
    And she takes soap in addition
    And she pays for the soap
    Then the order is collected in part, and what the cup cost is given back
    And the papers tell of the soap, of what she took and of what she left
    And the cup is for sale again, and the rest has left the stock
    And the day's figures count one order, and the till's sales the soap alone
    And her phone says what she took

  Scenario: The shop's hub is away
    Given the hub stops
    When she shows her code and her parcel is scanned
    And she tries the cup on and leaves it behind
    And she takes soap in addition
    And she pays for the soap
    Then the till knows that the order is collected in part
    When the hub is back
    Then the order is collected in part, and what the cup cost is given back
    And the papers tell of the soap, of what she took and of what she left
    And the cup is for sale again, and the rest has left the stock
    And the day's figures count one order, and the till's sales the soap alone
    And her phone says what she took
