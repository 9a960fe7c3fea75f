namespace CloudObserve.Tests.LogEvents.Redaction;

/// <summary>Texts of everyday logs that speak of secrets and hold none. They must stay as they are.</summary>
internal static class OrdinaryTexts
{
    /// <summary>Gets all texts.</summary>
    internal static IEnumerable<string> All => [.. Sentences, .. Templates, .. Numbers, .. Code, .. Addresses, .. Documents];

    private static string[] Sentences =>
    [
        "token=ok", "token=expired", "the password is wrong", "pass: 12 fail: 3", "tokens: 512", "token: identifier expected",
        "invalid token: expected a name", "Unexpected token '}' at line 3",
        "Unexpected token 'x' in JSON at position 12", "Password: required", "password: must have 8 characters",
        "password reset: done", "Reset your password: follow the link in the mail.",
        "secret: not found", "Invalid password: try again.", "credentials: none", "Credentials are missing: set them first",
        "Authorization: required", "Authorization: Bearer required",
        "Authorization has been denied for this request.", "cookie: the browser sent none", "cookie policy: accepted",
        "the bearer of news", "a Bearer token is missing", "Basic authentication",
        "basic knowledge of Basic auth is enough", "Secret 'db-conn' was rotated", "password=null", "password=(null)",
        "Password=true", "password=required", "password = changed", "pass=true", "pass: ok",
        "PASS: TestLogin", "pass 3 of 5: optimizing", "compass: north", "bypass=true", "monkey=banana", "keyboard: qwertz",
        "passengers: 180, crew=6", "passage=12", "passed=12 failed=3", "tokenizer=fast",
        "grant_type=password", "response_type=token&state=1", "scope=secret", "token_type=Bearer", "token type: bearer",
        "the secret of success: hard work", "password is 8 characters",
        "password: sha256 of the salt", "token: base64 of the payload", "password policy: length=8, digits=1",
        "The Password field is required.", "[Password, Email] are required", "fields [password, email]",
        "validation failed for (password, username)", "missing password, username", "set-cookie was ignored",
        "no authorization: anonymous", "token 5 of 12", "Token: <eof>", "token: EOF",
        "a signature=none request", "the signature is wrong", "sig=11", "design=new, assign=old",
        "Passwords must be changed: yes", "password expired; token=revoked", "pass: 98.5 %", "Pass/fail: 10/2",
    ];

    private static string[] Templates =>
    [
        "password={Password}", "Password = {Password}", "password: {Password}", "Login of {User} with password '{Password}'",
        "token={Token:l}", "{\"template\":\"secret={@Secret}\"}", "password={0}", "pwd={{pwd}}",
        "password=${DB_PASSWORD}", "password=$DB_PASSWORD", "password=%DB_PASSWORD%",
        "Server={Server};Pwd={Pwd};Database={Database}", "postgres://{User}:{Password}@{Host}/{Db}", "postgres://u:***@h/db",
        "password=***", "Password: ********", "Password=<password>", "api_key=<your api key>", "password=[redacted]",
        "password=[redacted:field]", "{ Password = *** , User = bob }", "PASSWORD=xxxxx", "X-Api-Key: {ApiKey}",
        "Authorization: {Scheme} {Parameter}", "WHERE password = @password", "password=@Password", "secret=$(SECRET)",
        "--password $PASS --user bob", "<Password>{Password}</Password>", "{ Token = {Token}, N = {N} }",
        "https://h/cb?access_token={AccessToken}&x={X}", "Bearer {Token}", "Cookie: {Cookie}", "[Password, {Password}]",
        "password=(hidden)", "{\"Password\":\"***\"}", "{\"token\":null,\"secret\":true,\"cookie\":\"\"}",
    ];

    private static string[] Numbers =>
    [
        "{\"tokens\":512,\"tokenCount\":3}", "{\"promptTokens\":512,\"completionTokens\":12}", "{\"pass\":12,\"fail\":3}",
        "{\"pass\":true}", "pass=12 fail=3", "{ Pass = 12, Fail = 3 }", "max_tokens=4096", "token=3", "tokens=3",
        "PasswordLength=8", "password_attempts=3", "passwordAge: 90 days", "token count: 12",
        "1f3c2a7e-0000-4000-8000-1234567890ab", "sha 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        "secret hash 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        "traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "took 12 ms at 2026-11-29T10:11:12Z",
        "digest sha256:9f86d081884c7d659a2feaa0c55ad015",
        "order 4711 at 10.0.0.1:8080", "version 10.0.14+8aba9885ca",
    ];

    private static string[] Code =>
    [
        "if (token == null) return;", "if (password != null && password.Length > 8)", "var token = GetToken();",
        "password = Console.ReadLine();", "secret = await client.GetSecretAsync(name);", "token = reader.Read();",
        "this.password = password;", "Password = model.Password", "password = config[\"key\"]", "x => x.Password == y",
        "at App.Login(String user, String password) in /src/Login.cs:line 42",
        "CancellationToken token = default;", "public string Password { get; set; }", "password: string", "secret: String!",
        "password?: string;", "Login(string user, string password)", "token::Kind", "std::pass::run",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf", "Database:Password:Length is not set",
        "kubectl get secret my-secret", "secret/my-app: configured", "git log --pass-through",
        "--password-stdin", "--password is required", "{\"CancellationToken\":\"x\",\"passwords\":\"none\"}",
        "at Token.Parse(Token token)", "new Token(kind: Identifier)", "PWD=/home/app", "OLDPWD=/home/app/src",
    ];

    private static string[] Addresses =>
    [
        "https://example.com:8080/a@b", "https://example.com/users/bob@example.com", "ssh://git@github.example/r.git",
        "amqp://guest@h", "mail bob@example.com", "https://h/reset?token_type=x", "http://[::1]:80/x@y",
        "https://h/path?email=bob@x.example&x=1", "see https://docs.example/security#token", "https://h:443/?q=a@b",
        "redis://h:6379/0", "Now listening on: http://localhost:5000", "postgres://bob@h/db",
        "C:\\token\\pass.txt", "/var/run/secrets/kubernetes.io/serviceaccount/token", "eyJ is how they begin",
        "task-1234567890 risk-based disk-usage", "npm_config_registry=https://r", "boy2 oy2", "AKIA and ASIA are prefixes",
    ];

    private static string[] Documents =>
    [
        "<input type=\"password\" name=\"pwd\" value=\"\"/>", "<Password/>", "<Password></Password>", "<token>ok</token>",
        "{\"type\":\"password\",\"value\":3}", "{\"field\":\"password\",\"error\":\"too short\"}",
        "{\"status\":\"pass\",\"value\":\"5\"}", "password:\nuser: bob", "token:\n  type: jwt",
        "{\"message\":\"password=\",\"n\":\"x\"}", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "{\"grant_type\":\"password\",\"n\":1}", "{\"n\":\"\\u00fc\\u0060\"}", "name,password,token\n",
        "Headers: Accept: */*, Host: h", "<add key=\"PasswordLength\" value=\"8\"/>",
    ];
}
