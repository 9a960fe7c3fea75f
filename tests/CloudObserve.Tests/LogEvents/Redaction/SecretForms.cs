namespace CloudObserve.Tests.LogEvents.Redaction;

/// <summary>
/// Texts with secrets in them, in the forms in which secrets get into logs. What stands between « and » must not be shipped.
/// </summary>
/// <remarks>All secrets are invented. Tokens are put together here, so that nothing that looks like a live one stands in a file.</remarks>
internal static class SecretForms
{
    private const string Body = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
    private const string Hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private const string AwsId = "AKIA" + "ZZINVENTED012345";
    private const string AwsSecret = "nv3NtedK3y/Th4tN0b0dy+Us3s/F0rAnyTh1ng00";
    private const string Jwt = "eyJ" + "hbGciOiJub25lIn0.eyJ" + "zdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlLW9mLW5vYm9keQ";

    /// <summary>Gets all forms.</summary>
    internal static IEnumerable<string> All =>
        [.. Assigned, .. Records, .. ConnectionStrings, .. Said, .. Headers, .. Urls, .. Tokens, .. Documents, .. Arguments];

    private static string[] Assigned =>
    [
        "password=«hunter2»", "Password=«hunter2»;", "PASSWORD = «hunter2»", "pwd=«hunter2»", "passwd=«hunter2»",
        "passphrase=«hunter2»",
        "pass=«hunter2»", "dbPassword=«hunter2» next", "db_password=«hunter2», next", "export PGPASSWORD=«hunter2»",
        "MYSQL_PASSWORD=«hunter2»",
        "PasswordHash=«AQAAAAIAAYagAAAAEInvented»", "password_hash = «AQAAAAIAAYagAAAAEInvented»", "client_secret=«hunter2»",
        "ClientSecret = «hunter2»",
        "secret=«hunter2»", "api_key=«hunter2»", "apiKey='«hunter2»'", "api-key=\"«hunter2»\"", "token=«hunter2xyz»",
        "access_token=«hunter2xyz»",
        "RefreshToken = «hunter2xyz»", "id_token=«hunter2xyz»&x=1", "session_token=«hunter2xyz»", "credentials=«hunter2xyz»",
        "Credentials = «hunter2xyz»",
        "AccountKey=«hunter2xyzQ==»", "SharedAccessKey=«hunter2xyzQ=»", "private_key=«hunter2xyz»", "password:=«hunter2»",
        "password='«two words»'",
        "password=\"«two words»\"", "Password=\"«quote\"\"inside»\";x=1", "password='«it's me»' ok", "password=«half\"other»",
        "password=«half'other»",
        "password=«half,other»", "password=«half)other»", "Password2=«hunter2»",
        "login failed: user=bob password=«hunter2» host=h", "secretString=1 secret=«s3same!x»",
        "user=bob&password=«hunter2»&x=1", "authorization=Basic «dXNlcjpodW50ZXIy»", "Cookie=«sid=hunter2»",
    ];

    private static string[] Records =>
    [
        "{ Password = «hunter2» }", "{ User = bob, Password = «hunter2», Age = 3 }",
        "User { Name = bob, Password = «hunter two», Age = 3 }",
        "User { Name = bob, Password = «hunter, two», Age = 3 }", "User { Password = «hunter two» }",
        "{ Id = 1, Token = «letters» }", "{ Pass = «letters» }",
        "{ ApiKey = «hunter2», Url = https://h }", "Outer { Inner = Inner { ClientSecret = «hunter2» }, N = 1 }",
        "{ Credentials = «bob/letters» }",
        "User(name=bob, password=«hunter two», age=3)", "User[password=«hunter2»]", "{Name:bob Password:«hunter2»}",
        "{name: bob, password: «hunter», age: 3}",
        "{ PasswordHash = «AQAAAAIAAYagAAAAEInvented» }", "{ Authorization = Basic «dXNlcjpodW50ZXIy» }",
        "Login { User = bob, Pass = «swordfish» }",
    ];

    private static string[] ConnectionStrings =>
    [
        "Server=db;Password=«hunter2»;Database=x", "Server=db;Password=«hunter two»;Database=x", "Password = «hunter two»;",
        "Server = db; Password = «hunter two»; Database = x",
        "User Id=bob;Password=«hunter two»", "Server=db;Pwd=«hunter2»", "Driver={ODBC Driver 18};Pwd={«hunter2;x»};Server=db",
        "Server=db;Password='«hunter;two»';x=1",
        "Server=db;Password=\"«hunter;two»\";x=1",
        "DefaultEndpointsProtocol=https;AccountName=n;AccountKey=«c2VjcmV0LXNlY3JldA==»;EndpointSuffix=core",
        "Endpoint=sb://n.example/;SharedAccessKeyName=Root;SharedAccessKey=«c2VjcmV0LXNlY3JldA=»",
        "localhost:6379,password=«hunter2»,ssl=True", "localhost:6379,password=«hunter2»",
        "Host=h;Username=u;Password=«hun'ter2»;", "HostName=h;DeviceId=d;SharedAccessKey=«c2VjcmV0LXNlY3JldA=»",
        "connection 'Server=x;Password=«hunter2»' failed",
        "connection \"Server=x;Password=«hunter2»\" failed", "jdbc:mysql://h/db?user=u&password=«hunter2»",
        "Server=db;User Password=«hunter2»;x=1",
    ];

    private static string[] Said =>
    [
        "password: «hunter2»", "password: «hunter»", "Password: «hunter2», retrying",
        "login with user: bob, password: «sesame», role: x", "pass: «hunter2»", "secret: «hunter2»",
        "token: «hunter2xyz»", "password:«hunter2»", "password : «hunter2»", "password: \"«two words»\"",
        "password: '«two words»'", "api key is api_key: «hunter2»",
        "db password 'x1' is password '«hunter2»'", "ALTER USER bob WITH PASSWORD '«hunter2»'",
        "passphrase: «s3same»; user: bob", "client_secret: «hunter2» and more",
        "the new password: «P@ssword!» works", "credentials: «bob:hunter2»", "password => «hunter2»",
        "Password is wrong: Password: «hunter2»",
    ];

    private static string[] Headers =>
    [
        "X-Api-Key: «hunter2»", "x-api-key:«hunter2»", "Authorization: Basic «dXNlcjpodW50ZXIy»", "Authorization: «hunter2xyz»",
        "authorization: Bearer «hunter2xyz»",
        "Authorization: Bearer  «hunter2xyz»", "Authorization: Bearer\t«hunter2xyz»", "Bearer   «hunter2xyz»",
        "Proxy-Authorization: Basic «dXNlcjpodW50ZXIy»",
        "Cookie: «sid=hunter2; other=hunter3»", "Set-Cookie: «sid=hunter2; Path=/; HttpOnly»",
        "Cookie: «a=b; .AspNetCore.Identity=CfDJ8Invented»", "Authorization: Token «hunter2xyz»",
        "Host: h\r\nX-Api-Key: «hunter2»\r\nAccept: */*", "Host: h\r\nCookie: «sid=hunter2; other=hunter3»\r\nAccept: */*",
        "X-Auth-Token: «hunter2xyz»", "X-Amz-Security-Token: «hunter2xyz»",
        "Host: h, Authorization: Basic «dXNlcjpodW50ZXIy», Accept: */*", "[Authorization, Basic «dXNlcjpodW50ZXIy»]",
        "sent Basic «dXNlcjpodW50ZXIy» to h",
        "Authorization: AWS4-HMAC-SHA256 Credential=x/20261129/eu/s3/aws4_request, Signature=«" + Hex + "»",
        "Authorization: Digest «username=\"bob\", response=\"6629fae49393\"»",
        "curl -H 'X-Api-Key: «hunter2»' https://h", "curl -H \"Authorization: Bearer «hunter2xyz»\" https://h",
        "Ocp-Apim-Subscription-Key: k, X-Functions-Secret: «hunter2»",
    ];

    private static string[] Urls =>
    [
        "amqp://bob:«hunter2»@h:5672/v", "redis://:«hunter2»@h:6379/0", "rediss://default:«hunter2»@h",
        "postgres://bob:«hunter2»@h/db", "postgresql://bob:«hun%40ter2»@h/db",
        "mongodb://bob:«hunter2»@h1,h2/db", "mongodb+srv://bob:«hunter2»@h/db", "https://bob:«hunter2»@h/path?x=1",
        "ftp://bob:«hunter»@h", "smtp://bob:«hun:ter2»@h:25",
        "jdbc:postgresql://bob:«hunter2»@h/db", "mysql://bob:«hun/ter2»@h/db", "nats://«a1b2c3d4e5f6a7b8c9»@h:4222",
        "clone https://«a1b2c3d4e5f6a7b8c9»@git.example/r.git failed",
        "https://h/cb?access_token=«hunter2»", "https://h/cb?x=1&token=«letters»", "https://h/cb#id_token=«hunter2xyz»&state=1",
        "https://h/?api_key=«hunter2»&x=1",
        "https://n.blob.example/c?sv=2024-01-01&sr=c&sig=«c2lnbmF0dXJlLW9mLW5vYm9keTEyMw%3D%3D»",
        "https://h/?sig=«c2lnbmF0dXJlLW9mLW5vYm9keTEyMw%3D»&se=x",
        "https://b.s3.example/k?X-Amz-Date=20261129&X-Amz-Signature=«" + Hex + "»", "https://h/o?X-Goog-Signature=«" + Hex + "»",
        "amqps://bob:«hunter two»".Replace(" ", "+", StringComparison.Ordinal) + "@h",
        "SharedAccessSignature sr=h&sig=«c2lnbmF0dXJlLW9mLW5vYm9keTEyMw%3D»&se=1", "https://bob:«p@ss2»@h/",
    ];

    private static string[] Tokens =>
    [
        "got «ghp" + "_" + Body + "» ok", "«gho" + "_" + Body + "»", "«ghs" + "_" + Body + "»",
        "«github" + "_pat_" + Body + "_" + Body + "»", "«glpat" + "-" + Body + "»",
        "«xoxb" + "-" + "1111111111-2222222222-" + Body + "»", "«xoxp" + "-" + "1111111111-" + Body + "»",
        "«xapp" + "-1-" + Body + "»", "https://hooks.slack.com" + "/services/«T0000/B0000/" + Body + "»",
        "«sk" + "_live_" + Body + "»", "«sk" + "_test_" + Body + "»", "«rk" + "_live_" + Body + "»", "«whsec" + "_" + Body + "»",
        "«AIza" + "Sy" + Body[..33] + "»",
        "«ya29" + "." + Body + "»", "«GOCSPX" + "-" + Body[..28] + "»", "«npm" + "_" + Body[..36] + "»",
        "«pypi" + "-AgEIcHlwaS5vcmc" + Body + Body + "»",
        "«oy2" + Body.ToLowerInvariant() + "abc1" + "»", "«dckr" + "_pat_" + Body + "»",
        "«SG" + "." + Body[..22] + "." + Body + "123»", "«sk" + "-proj-" + Body + "»",
        "«abc8" + "Q~" + Body[..34] + "»", "«" + Body + Body[..36] + "AZ" + "DO" + "1234»",
        "«" + Body + Body[..12] + "JQQJ" + "99" + Body[..26] + "»", "«" + Jwt + "»", "a «" + Jwt + "», b",
        "«" + AwsId + "»", "id «" + AwsId + "» key «" + AwsSecret + "»", "«" + AwsId + "»,«" + AwsSecret + "»",
        "«" + AwsId + "»:«" + AwsSecret + "»", "«" + AwsSecret + "» belongs to «" + AwsId + "»",
        "aws secret access key: «" + AwsSecret + "»",
        "-----BEGIN " + "PRIVATE KEY-----\n«bm9ib2R5cyBrZXk»\n-----END PRIVATE KEY-----", "url?x=%3D«ghp" + "_" + Body + "»",
    ];

    private static string[] Documents =>
    [
        "<Password>«hunter2»</Password>", "<password>«hunter two»</password>",
        "<w:Password Type=\"text\">«hunter2»</w:Password>", "<user name=\"bob\" password=\"«hunter2»\"/>",
        "<add key=\"Password\" value=\"«hunter2»\"/>", "<ClientSecret><![CDATA[«hunter2»]]></ClientSecret>",
        "<Credentials>«bob hunter»</Credentials>", "<add name='ApiKey' value='«hunter2»' />",
        "db:\n  user: bob\n  password: «hunter2»\n  port: 1", "- password: «hunter»\n- user: bob",
        "password: \"«hunter two»\"\nuser: bob", "apiKey: '«hunter2»'", "secret:   «hunter2»   \nx: 1",
        "{\"password\":\"«hunter2»\"}", "{\"user\":{\"Password\" : \"«hunter two»\"}}",
        "{\"credentials\":{\"user\":\"b\",\"key\":\"«hunter2»\"}}", "{\"cookie\":[\"«sid=hunter2»\"]}",
        "{\"token\":«1234567»}", "{\"pass\":\"«hunter2»\"}", "{\"Key\":\"Password\",\"Value\":\"«hunter2»\"}",
        "[{\"name\":\"DB_PASSWORD\",\"value\":\"«hunter2»\"}]", "{\"PasswordHash\":\"«hunter2»\"}",
        "{\"p\\u0061ssword\":\"«hunter2»\"}", "{\"\\u0050assword\":\"«hunter2»\"}", "{\"passwor\\u0064\" : \"«hunter2»\"}",
        "{\"tok\\u0065n\":\"«hunter2»\"}", "{'password': '«hunter2»', 'n': 1}",
        "{\"X-Amz-Signature\":\"«hunter2»\"}", "{\n  \"Password\": \"«hunter2»\"\n}", "{\"AccountKey\":\"«hunter2»\"}",
        "{password:\"«hunter2»\"}", "headers[\"X-Api-Key\"] = \"«hunter2»\"",
        "{\"password\":\"«quote\\\"inside»\",\"n\":1}", "{\"password\":\"«back\\\\slash»\",\"n\":1}",
        "\"password\" => \"«hunter2»\"",
    ];

    private static string[] Arguments =>
    [
        "[Password, «hunter2»]", "[User, bob], [Password, «sesame»]", "[Password, «sesame»], [User, bob]",
        "[Password, «open sesame»]", "[password] => «hunter2»", "--password «hunter2»",
        "--password=«hunter2»", "tool --user bob --api-key «hunter2» --verbose", "tool --token «hunter2xyz»",
        "Login(user: \"bob\", password: \"«hunter two»\")", ":password=>\"«hunter2»\"",
        "tool --client-secret '«hunter two»'", "Args: user=bob, password=«hunter2»", "new { Password = \"«hunter two»\" }",
        "[\"password\"]=\"«hunter2»\"",
    ];
}
