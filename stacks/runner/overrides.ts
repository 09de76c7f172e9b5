/**
 * What a call of StartBuild may say otherwise than the project, as CloudTrail records it, each by a path to a value
 * that is always there: EventBridge tells the presence of values only, not of the objects around them (AWS CodeBuild API
 * reference, "StartBuild"; Amazon EventBridge user guide, "Exists matching"). Of two of them the pipeline makes use:
 * sourceLocationOverride and sourceVersion choose among archives that it alone may bring. They are not in the list.
 */
export const OVERRIDES: readonly string[] = [
  "artifactsOverride.type",
  "autoRetryLimitOverride",
  "buildspecOverride",
  "buildStatusConfigOverride.context",
  "buildStatusConfigOverride.targetUrl",
  "cacheOverride.type",
  "certificateOverride",
  "computeTypeOverride",
  "debugSessionEnabled",
  "encryptionKeyOverride",
  "environmentTypeOverride",
  // Also where CloudTrail hides the values of variables: the list is then one text.
  "environmentVariablesOverride",
  "environmentVariablesOverride.name",
  "fleetOverride.fleetArn",
  "gitCloneDepthOverride",
  "gitSubmodulesConfigOverride.fetchSubmodules",
  "imageOverride",
  "imagePullCredentialsTypeOverride",
  "insecureSslOverride",
  "logsConfigOverride.cloudWatchLogs.status",
  "logsConfigOverride.s3Logs.status",
  "privilegedModeOverride",
  "queuedTimeoutInMinutesOverride",
  "registryCredentialOverride.credential",
  "reportBuildStatusOverride",
  "secondaryArtifactsOverride.type",
  "secondarySourcesOverride.type",
  "secondarySourcesVersionOverride.sourceIdentifier",
  "serviceRoleOverride",
  "sourceAuthOverride.type",
  "sourceTypeOverride",
  "timeoutInMinutesOverride",
];
