Feature: A customer is known
  The card says who it is and what they bought; without the hub the till goes by what it kept.

  Scenario: Known by her card, and by her telephone while the hub is away
    Given Carmen bought something with her card
    When her card is scanned
    Then the ticket is hers, and the hub told what she bought
    When the hub is away and she says her telephone with blanks
    Then she is found in what the till kept, as old as it is
