"""Who lives in the town, what they browse with, what they say. All invented."""

NAMES = (
    "Amara Okafor",
    "Anton Weiss",
    "Bea Lindqvist",
    "Cem Aydin",
    "Chiara Moretti",
    "Daan Visser",
    "Dina Haddad",
    "Elif Demir",
    "Emil Novak",
    "Farah Siddiqui",
    "Femi Adeyemi",
    "Freya Olsen",
    "Goran Petrov",
    "Hana Sato",
    "Ines Carvalho",
    "Ivo Horvat",
    "Jonas Berger",
    "Kaito Mori",
    "Leila Rahimi",
    "Lotte Jansen",
    "Luis Herrera",
    "Maja Kowalska",
    "Mateo Ruiz",
    "Mei Lin",
    "Nadia Benali",
    "Nils Ek",
    "Noor Ali",
    "Olga Ivanova",
    "Pilar Santos",
    "Ravi Menon",
    "Rosa Delgado",
    "Sami Korhonen",
    "Selma Kaya",
    "Tariq Mansour",
    "Tove Berg",
    "Uma Iyer",
    "Viktor Hahn",
    "Wanjiru Kamau",
    "Yara Costa",
    "Zoe Marchand",
)
REPLIES = (
    "Thanks for sharing this.",
    "Saved for the weekend.",
    "We tried the same last year and it worked well.",
    "Which part surprised you most?",
    "Good read. Passing it on to a colleague.",
    "I had no idea. Thank you.",
    "Would love to hear more about this some time.",
    "This is exactly what we talked about on Monday.",
    "Clear and to the point, thank you.",
    "Does this hold for smaller firms too?",
    "Nicely put.",
    "I see it a little differently, but it made me think.",
)
BROWSERS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 "
    "Chrome/136.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
)
# Each platform fetches a preview of what is posted there; others come by later.
PREVIEWS = {
    "mastodon": "Mastodon/4.5.2 (http.rb/5.3.1; +https://town.example/) Bot",
    "bluesky": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "linkedin": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "x": "Twitterbot/1.0",
    "threads": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
}
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "python-requests/2.34.2",
    "curl/8.11.0",
    "WhatsApp/2.24.20.89 A",
)
# Addresses set aside for documentation: they belong to nobody.
STREETS = ("192.0.2.", "198.51.100.", "203.0.113.")
LANGUAGES = ("en-GB,en;q=0.9", "de-DE,de;q=0.9,en;q=0.6", "nl-NL,nl;q=0.9,en;q=0.7", "fr-FR,fr;q=0.9,en;q=0.5")
